// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that reads files, but <ramp/io/gzip.hpp>, which needs zlib. It allocates.

#include <ramp/io/file.hpp>
#include <ramp/io/file_error.hpp>
#include <ramp/io/idx.hpp>
#include <ramp/io/labelled_images.hpp>
