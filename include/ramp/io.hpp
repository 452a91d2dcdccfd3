// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that reads files, but <ramp/io/gzip.hpp>, which needs zlib. It allocates.

// as in ramp.hpp
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

#include <ramp/io/file.hpp>
#include <ramp/io/file_error.hpp>
#include <ramp/io/idx.hpp>
#include <ramp/io/labelled_images.hpp>

#pragma GCC diagnostic pop
