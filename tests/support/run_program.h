// SPDX-License-Identifier: Apache-2.0
//
// Runs a stock tool (age, minisign, tar, b2sum) the way a person would: with arguments, standard
// input and a folder of its own. Tests only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace vigil::test {

struct ProgramResult {
  int exit_status = -1;  // 128 + signal where a signal ended it; 127: the program is not there
  std::string output;
  std::string errors;
};
// Finds arguments[0] on the PATH. `folder` is where it runs; empty: here.
[[nodiscard]] ProgramResult run_program(const std::vector<std::string>& arguments,
                                        std::string_view input = {},
                                        const std::string& folder = {});

// A folder that is there while this lives, and gone with all in it afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string file(std::string_view name) const;
  // Writes a file into it; returns its path.
  std::string put(std::string_view name, ByteView content) const;
  [[nodiscard]] Bytes get(std::string_view name) const;

 private:
  std::string path_;
};

// The content of a file of the source tree or any other; fails the test when it cannot be read.
[[nodiscard]] Bytes read_file(const std::string& path);

}  // namespace vigil::test
