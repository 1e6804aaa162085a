// SPDX-License-Identifier: Apache-2.0
//
// The canonical ustar archive: what `tar --format=ustar --mtime=@0 --owner=0 --group=0
// --numeric-owner --mode=0644` writes, and nothing else. The reader re-emits every header and
// demands the same bytes, so no path traversal, link, duplicate, PAX trick or hidden trailing data
// exists. Used for bundles, payloads, kits and enrolment requests. docs/formats/bundle.md.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/crypto/stream.h"

namespace vigil::bundle {

inline constexpr std::size_t kTarBlockBytes = 512;
inline constexpr std::size_t kTarRecordBytes = 10240;             // GNU tar's default blocking
inline constexpr std::uint64_t kMemberLimitBytes = 077777777777;  // 11 octal digits

// Names are [a-z0-9._-]{1,64}, not starting with '.'.
[[nodiscard]] bool is_member_name(std::string_view name);

// Header block for a regular file. Requires: a member name, a size within the limit.
[[nodiscard]] std::array<std::uint8_t, kTarBlockBytes> tar_header(std::string_view name,
                                                                  std::uint64_t size_bytes);
// Size of a whole archive with members of these sizes.
[[nodiscard]] std::uint64_t archive_size_bytes(
    const std::vector<std::uint64_t>& member_sizes_bytes);

// Writes members one after another; sizes are announced first, so nothing is buffered.
class ArchiveWriter {
 public:
  explicit ArchiveWriter(crypto::Sink& sink) : sink_(sink) {}
  [[nodiscard]] Status begin_member(std::string_view name, std::uint64_t size_bytes);
  [[nodiscard]] Status write(ByteView bytes);
  // After the last member: two zero blocks, padded to a record.
  [[nodiscard]] Status finish();

 private:
  Status end_member();
  crypto::Sink& sink_;
  std::uint64_t member_left_bytes_ = 0;
  std::uint64_t member_size_bytes_ = 0;
  std::uint64_t written_bytes_ = 0;
};

// A small archive in memory (kits, requests).
struct Member {
  std::string name;
  Bytes content;
};
[[nodiscard]] Result<Bytes> write_archive(const std::vector<Member>& members);
[[nodiscard]] Result<std::vector<Member>> read_archive(ByteView archive);

// Where the members of an archive on disk lie.
struct MemberPlace {
  std::string name;
  std::uint64_t offset_bytes;
  std::uint64_t size_bytes;
};
// Checks every header, the padding and the end; reads no member. kInvalid "archive.header",
// "archive.name", "archive.duplicate", "archive.padding", "archive.cut", "archive.trailing",
// "archive.members" (none, or more than the limit). The stream parser refuses with the same codes.
[[nodiscard]] Result<std::vector<MemberPlace>> scan_archive(ReadableFile& file,
                                                            std::size_t member_limit);

// Push parser for an archive that arrives as a stream (a payload being decrypted).
class ArchiveVisitor {
 public:
  virtual ~ArchiveVisitor() = default;
  [[nodiscard]] virtual Status begin_member(std::string_view name, std::uint64_t size_bytes) = 0;
  [[nodiscard]] virtual Status content(ByteView bytes) = 0;
  [[nodiscard]] virtual Status end_member() = 0;
};
class ArchiveParser final : public crypto::Sink {
 public:
  explicit ArchiveParser(ArchiveVisitor& visitor);
  ~ArchiveParser() override;
  Status write(ByteView bytes) override;
  [[nodiscard]] Status finish();  // the archive must have ended exactly here

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigil::bundle
