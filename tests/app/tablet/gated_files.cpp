// SPDX-License-Identifier: Apache-2.0
#include "tests/app/tablet/gated_files.h"

#include <utility>

#include <SDL2/SDL.h>

namespace vigil::test {
namespace {

class GatedFile final : public WritableFile {
 public:
  GatedFile(std::unique_ptr<WritableFile> file, GatedFiles& gate)
      : file_(std::move(file)), gate_(gate) {}
  Status append(ByteView bytes) override {
    gate_.pass();
    return file_->append(bytes);
  }
  Status write_at(std::uint64_t offset, ByteView bytes) override {
    return file_->write_at(offset, bytes);
  }
  Status sync() override { return file_->sync(); }

 private:
  std::unique_ptr<WritableFile> file_;
  GatedFiles& gate_;
};

}  // namespace

void GatedFiles::pass() {
  while (closed_ && !let_.exchange(false)) {
    waiting_ = true;
    SDL_Delay(1);
  }
  waiting_ = false;
}

Result<std::unique_ptr<WritableFile>> GatedFiles::create(const std::string& path) {
  VIGIL_ASSIGN(auto file, files_.create(path));
  return std::make_unique<GatedFile>(std::move(file), *this);
}

Result<std::unique_ptr<WritableFile>> GatedFiles::append_to(const std::string& path) {
  VIGIL_ASSIGN(auto file, files_.append_to(path));
  return std::make_unique<GatedFile>(std::move(file), *this);
}

}  // namespace vigil::test
