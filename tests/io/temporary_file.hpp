// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

#include <unistd.h>

/// A file that exists as long as this does, in a directory of its own.
class temporary_file {
 public:
  explicit temporary_file(std::vector<std::uint8_t> const& bytes,
                          std::string const& name = "data") {
    static int counter = 0;
    directory_ = std::filesystem::temp_directory_path() /
                 ("ramp-" + std::to_string(getpid()) + "-" + std::to_string(counter++));
    std::filesystem::create_directories(directory_);
    path_ = (directory_ / name).string();
    std::ofstream(path_, std::ios::binary)
        .write(reinterpret_cast<char const*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  temporary_file(temporary_file const&) = delete;
  temporary_file& operator=(temporary_file const&) = delete;
  ~temporary_file() { std::filesystem::remove_all(directory_); }

  [[nodiscard]] char const* path() const { return path_.c_str(); }
  [[nodiscard]] std::string directory() const { return directory_.string(); }

 private:
  std::filesystem::path directory_;
  std::string path_;
};

using bytes = std::vector<std::uint8_t>;

inline bytes joined(std::initializer_list<bytes> parts) {
  bytes all;
  for (auto const& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}
