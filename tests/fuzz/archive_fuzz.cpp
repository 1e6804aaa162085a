// SPDX-License-Identifier: Apache-2.0
//
// What is read as an archive is written back byte for byte, and its two readers agree.
#include <algorithm>

#include "core/base/check.h"
#include "core/bundle/archive.h"

namespace {

class InputFile final : public vigil::ReadableFile {
 public:
  explicit InputFile(vigil::ByteView content) : content_(content) {}
  std::uint64_t size_bytes() const override { return content_.size(); }
  vigil::Result<std::size_t> read_at(std::uint64_t offset,
                                     std::span<std::uint8_t> buffer) override {
    if (offset >= content_.size()) return 0;
    const std::size_t count = std::min<std::size_t>(buffer.size(), content_.size() - offset);
    std::copy_n(content_.begin() + static_cast<std::ptrdiff_t>(offset), count, buffer.begin());
    return count;
  }

 private:
  vigil::ByteView content_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  const ByteView input(data, size);
  const auto members = bundle::read_archive(input);
  InputFile file(input);
  const auto places = bundle::scan_archive(file, 10'000);
  CHECK(members.has_value() == places.has_value());
  // Which of several faults is named first may differ: a stream does not know its end.
  if (!members.has_value()) return 0;
  const auto again = bundle::write_archive(*members);
  CHECK(again.has_value() && std::ranges::equal(*again, input));
  return 0;
}
