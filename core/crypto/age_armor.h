// SPDX-License-Identifier: Apache-2.0
//
// The strict PEM that age calls ASCII armor. Used by age.cpp only.
#pragma once

#include <string>

#include "core/crypto/age.h"

namespace vigil::crypto::age {

inline constexpr std::string_view kArmorBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
inline constexpr std::string_view kArmorEnd = "-----END AGE ENCRYPTED FILE-----";
inline constexpr std::size_t kArmorColumns = 64;
inline constexpr std::size_t kArmorSpaceLimitBytes = 1024;  // blank space allowed before and after

// Gives the bytes inside the armor. Failure class armor.
class ArmorSource final : public Source {
 public:
  explicit ArmorSource(Source& text) : text_(text) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override;

 private:
  Result<bool> next_line(std::string& line);  // false at the end of the text
  Status begin();
  Status take_line();
  Status check_rest();
  Source& text_;
  std::string buffered_;
  std::size_t buffer_at_ = 0;
  Bytes decoded_;
  std::size_t decoded_at_ = 0;
  bool begun_ = false;
  bool short_line_seen_ = false;
  bool ended_ = false;
};

// Takes bytes, writes them armored to `text`; finish() closes the armor.
class ArmorSink final : public Sink {
 public:
  explicit ArmorSink(Sink& text) : text_(text) {}
  Status write(ByteView bytes) override;
  [[nodiscard]] Status finish();

 private:
  Status write_lines(ByteView bytes);
  Sink& text_;
  Bytes pending_;  // less than a line
  bool begun_ = false;
};

// Where the first bytes of a file look like armor (or a damaged one) and not like a binary file.
[[nodiscard]] bool looks_armored(ByteView start);

}  // namespace vigil::crypto::age
