// SPDX-License-Identifier: Apache-2.0
//
// The ustar header block (POSIX.1-1988, "pax" page of POSIX.1-2017, ustar Interchange Format).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/bundle/archive.h"

namespace vigil::bundle {

struct TarField {
  std::size_t at;
  std::size_t size_bytes;
};
inline constexpr TarField kTarName{0, 100};
inline constexpr TarField kTarMode{100, 8};
inline constexpr TarField kTarUser{108, 8};
inline constexpr TarField kTarGroup{116, 8};
inline constexpr TarField kTarSize{124, 12};
inline constexpr TarField kTarTime{136, 12};
inline constexpr TarField kTarChecksum{148, 8};
inline constexpr TarField kTarKind{156, 1};
inline constexpr TarField kTarMagic{257, 8};  // with the version
inline constexpr TarField kTarDeviceMajor{329, 8};
inline constexpr TarField kTarDeviceMinor{337, 8};

inline constexpr std::size_t kMemberNameLimit = 64;
// Far above any visit; keeps a stream of empty members from taking memory.
inline constexpr std::size_t kMemberCountLimit = 10'000;

[[nodiscard]] constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t step) {
  return (value + step - 1) / step * step;
}

// What a header block says, if it is byte for byte the one we would write: else "archive.name" or
// "archive.header".
struct TarEntry {
  std::string name;
  std::uint64_t size_bytes;
};
[[nodiscard]] Result<TarEntry> parse_tar_header(ByteView block);

[[nodiscard]] std::unexpected<Error> refuse_archive(std::string_view code, std::string_view what);
[[nodiscard]] bool all_zero(ByteView bytes);

}  // namespace vigil::bundle
