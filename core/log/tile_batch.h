// SPDX-License-Identifier: Apache-2.0
//
// Many tile files on the medium with few syncs: files are written first and synced together, and of
// each directory the last one goes in atomically, which syncs the directory's entries too. Internal
// to core/log. Thread: one at a time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/files.h"

namespace vigil::log {

class TileBatch {
 public:
  explicit TileBatch(Files& files) : files_(files) {}
  // The directory exists. A file that a crashed writer left there is replaced.
  [[nodiscard]] Status add(const std::string& path, Bytes content);
  // Everything added is on the medium when it returns.
  [[nodiscard]] Status finish();

 private:
  static constexpr std::size_t kOpenLimit = 128;  // files held open between two syncs

  struct Last {
    std::string path;
    Bytes content;
  };
  [[nodiscard]] Status write(const Last& file);
  [[nodiscard]] Status sync_open();

  Files& files_;
  std::map<std::string, Last> last_;  // by directory
  std::vector<std::unique_ptr<WritableFile>> open_;
};

}  // namespace vigil::log
