// SPDX-License-Identifier: Apache-2.0
//
// Standard input and output, or files, as streams for the payload and signature commands.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/crypto/stream.h"

namespace vigil::ctl {

// Reads `path`, or standard input where it is empty or "-". kNotFound, kStorage.
[[nodiscard]] Result<std::unique_ptr<crypto::Source>> open_input(const std::string& path);

// Writes to a path, or to standard output where it is empty or "-". A regular file appears, or is
// replaced, only by commit(): what failed half-way leaves nothing behind.
class Output final : public crypto::Sink {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Output>> open(Files& files, const std::string& path);
  ~Output() override;
  Status write(ByteView bytes) override;
  [[nodiscard]] Status commit();

 private:
  explicit Output(Files& files) : files_(files) {}
  Files& files_;
  std::string path_;                    // of a regular file, else empty
  std::unique_ptr<WritableFile> part_;  // the file that becomes it
  std::FILE* stream_ = nullptr;         // standard output, or a device
};

}  // namespace vigil::ctl
