// SPDX-License-Identifier: Apache-2.0
//
// Looks through every writable byte of this process, its own heap, stacks and mappings, for words
// it was told of. It keeps them masked, so that it does not find itself.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace vigil::test {

// Sanitizers keep freed memory to look at it, so there is nothing to be shown under them.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kKeepsFreedMemory = true;
#elif defined(__has_feature)
inline constexpr bool kKeepsFreedMemory = __has_feature(address_sanitizer);
#else
inline constexpr bool kKeepsFreedMemory = false;
#endif

// A word of a test that is in no writable memory until reveal() makes it.
template <std::size_t kSize>
class Masked {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): reads as the literal it is made from
  consteval Masked(const char (&text)[kSize]) {
    for (std::size_t i = 0; i + 1 < kSize; ++i) bytes_[i] = static_cast<char>(text[i] ^ kMask);
  }
  [[nodiscard]] std::string reveal() const {
    std::string text(kSize - 1, '\0');
    for (std::size_t i = 0; i + 1 < kSize; ++i) text[i] = static_cast<char>(bytes_[i] ^ kMask);
    return text;
  }

 private:
  static constexpr char kMask = 0x35;
  std::array<char, kSize> bytes_{};
};

class MemoryScan {
 public:
  // UTF-8, UTF-16, UTF-32, hexadecimal, and base64 at each alignment.
  void look_for_text(const std::string& name, std::string_view text);
  // The bytes themselves and their hexadecimal.
  void look_for_bytes(const std::string& name, ByteView bytes);

  // "name (spelling) in mapping", each once. With VIGIL_SCAN_CONTEXT set, what stands around goes
  // to standard error.
  [[nodiscard]] std::vector<std::string> found() const;
  // The names of them.
  [[nodiscard]] std::vector<std::string> names_found() const;
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // The names of those that stand in `bytes` (a file, a database's pages).
  [[nodiscard]] std::vector<std::string> names_in(std::string_view bytes) const;
  // How much the last scan read.
  [[nodiscard]] std::size_t scanned_bytes() const { return scanned_bytes_; }

 private:
  struct Pattern {
    std::string name;
    std::string spelling;
    std::string masked;
  };
  struct Hit {
    std::size_t pattern;
    std::string mapping;
  };
  void add(const std::string& name, const std::string& spelling, std::string_view bytes);
  using Table = std::vector<std::vector<std::size_t>>;  // patterns by their first two bytes
  [[nodiscard]] Table by_first_bytes() const;
  [[nodiscard]] std::vector<Hit> scan() const;
  void scan_block(const Table& table, std::string_view block, const std::string& mapping,
                  std::vector<Hit>& hits) const;

  std::vector<std::string> names_;
  std::vector<Pattern> patterns_;
  mutable std::size_t scanned_bytes_ = 0;
};

}  // namespace vigil::test
