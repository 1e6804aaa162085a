// SPDX-License-Identifier: Apache-2.0
//
// The writing half of the canonical archive; archive_parser.cpp reads it.
#include "core/bundle/archive.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/bundle/archive_format.h"

namespace vigil::bundle {
namespace {

// The most that ends an archive: two blocks, and all but one byte of a record after them.
constexpr std::array<std::uint8_t, 2 * kTarBlockBytes + kTarRecordBytes> kZeros{};

// Octal digits filling a field but for its closing NUL.
void put_octal(std::span<std::uint8_t> field, std::uint64_t value) {
  field.back() = 0;
  for (std::size_t i = field.size() - 1; i-- > 0; value >>= 3U)
    field[i] = static_cast<std::uint8_t>('0' + (value & 7U));
  CHECK(value == 0);
}

void put_text(std::span<std::uint8_t> field, std::string_view text) {
  CHECK(text.size() <= field.size());
  std::memcpy(field.data(), text.data(), text.size());
}

}  // namespace

bool is_member_name(std::string_view name) {
  return !name.empty() && name.size() <= kMemberNameLimit && name.front() != '.' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-';
         });
}

std::array<std::uint8_t, kTarBlockBytes> tar_header(std::string_view name,
                                                    std::uint64_t size_bytes) {
  CHECK(is_member_name(name) && size_bytes <= kMemberLimitBytes);
  std::array<std::uint8_t, kTarBlockBytes> block{};
  const auto field = [&](TarField f) { return std::span(block).subspan(f.at, f.size_bytes); };
  put_text(field(kTarName), name);
  put_octal(field(kTarMode), 0644);
  put_octal(field(kTarUser), 0);
  put_octal(field(kTarGroup), 0);
  put_octal(field(kTarSize), size_bytes);
  put_octal(field(kTarTime), 0);
  put_text(field(kTarKind), "0");
  put_text(field(kTarMagic), std::string_view("ustar\0"
                                              "00",
                                              8));
  put_octal(field(kTarDeviceMajor), 0);
  put_octal(field(kTarDeviceMinor), 0);
  // The sum counts its own field as spaces, and is written as six digits, NUL, space.
  std::ranges::fill(field(kTarChecksum), std::uint8_t{' '});
  const std::uint64_t sum = std::accumulate(block.begin(), block.end(), std::uint64_t{0});
  put_octal(field(kTarChecksum).first(7), sum);
  return block;
}

std::uint64_t archive_size_bytes(const std::vector<std::uint64_t>& member_sizes_bytes) {
  std::uint64_t total = 2 * kTarBlockBytes;
  for (const std::uint64_t size_bytes : member_sizes_bytes)
    total += kTarBlockBytes + round_up(size_bytes, kTarBlockBytes);
  return round_up(total, kTarRecordBytes);
}

Status ArchiveWriter::end_member() {
  CHECK(member_left_bytes_ == 0);
  const std::uint64_t padding = round_up(member_size_bytes_, kTarBlockBytes) - member_size_bytes_;
  member_size_bytes_ = 0;
  written_bytes_ += padding;
  if (padding == 0) return {};
  return sink_.write(ByteView(kZeros).first(padding));
}

Status ArchiveWriter::begin_member(std::string_view name, std::uint64_t size_bytes) {
  VIGIL_TRY(end_member());
  member_size_bytes_ = member_left_bytes_ = size_bytes;
  written_bytes_ += kTarBlockBytes + size_bytes;
  return sink_.write(tar_header(name, size_bytes));
}

Status ArchiveWriter::write(ByteView bytes) {
  CHECK(bytes.size() <= member_left_bytes_);
  member_left_bytes_ -= bytes.size();
  return sink_.write(bytes);
}

Status ArchiveWriter::finish() {
  VIGIL_TRY(end_member());
  const std::uint64_t end = round_up(written_bytes_ + 2 * kTarBlockBytes, kTarRecordBytes);
  CHECK(end - written_bytes_ <= kZeros.size());
  return sink_.write(ByteView(kZeros).first(end - written_bytes_));
}

Result<Bytes> write_archive(const std::vector<Member>& members) {
  crypto::BytesSink sink;
  ArchiveWriter writer(sink);
  for (const Member& member : members) {
    if (!is_member_name(member.name))
      return fail(ErrorKind::kUsage, "archive.name",
                  "A file name in an archive may only have small letters, digits, '.', '_', '-'.");
    VIGIL_TRY(writer.begin_member(member.name, member.content.size()));
    VIGIL_TRY(writer.write(member.content));
  }
  VIGIL_TRY(writer.finish());
  return std::move(sink.bytes);
}

}  // namespace vigil::bundle
