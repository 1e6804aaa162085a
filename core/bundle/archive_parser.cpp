// SPDX-License-Identifier: Apache-2.0
//
// The reading half of the canonical archive.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/bundle/archive.h"
#include "core/bundle/archive_format.h"

namespace vigil::bundle {
namespace {

constexpr std::size_t kEndBytes = 2 * kTarBlockBytes;

std::unexpected<Error> cut() {
  return refuse_archive("archive.cut", "it is cut short");
}
std::unexpected<Error> trailing() {
  return refuse_archive("archive.trailing", "something follows its end");
}
std::unexpected<Error> bad_padding() {
  return refuse_archive("archive.padding", "the space between its files is not empty");
}
std::unexpected<Error> duplicate() {
  return refuse_archive("archive.duplicate", "a file stands in it twice");
}
std::unexpected<Error> too_many() {
  return refuse_archive("archive.members", "it holds no file, or too many");
}

Status read_exactly(ReadableFile& file, std::uint64_t offset, std::span<std::uint8_t> buffer) {
  VIGIL_ASSIGN(const std::size_t count, file.read_at(offset, buffer));
  if (count != buffer.size()) return cut();
  return {};
}

Status check_end(ReadableFile& file, std::uint64_t offset) {
  const std::uint64_t end = round_up(offset + kEndBytes, kTarRecordBytes);
  if (file.size_bytes() < end) return cut();
  if (file.size_bytes() > end) return trailing();
  Bytes rest(end - offset);
  VIGIL_TRY(read_exactly(file, offset, rest));
  if (!all_zero(rest)) return trailing();
  return {};
}

class Collector final : public ArchiveVisitor {
 public:
  Status begin_member(std::string_view name, std::uint64_t) override {
    members.push_back({std::string(name), {}});
    return {};
  }
  Status content(ByteView bytes) override {
    members.back().content.insert(members.back().content.end(), bytes.begin(), bytes.end());
    return {};
  }
  Status end_member() override { return {}; }
  std::vector<Member> members;
};

}  // namespace

std::unexpected<Error> refuse_archive(std::string_view code, std::string_view what) {
  return fail(ErrorKind::kInvalid, code, fmt::format("The archive is refused: {}.", what));
}

bool all_zero(ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

Result<TarEntry> parse_tar_header(ByteView block) {
  const std::string_view text = as_text(block);
  std::string_view name = text.substr(kTarName.at, kTarName.size_bytes);
  name = name.substr(0, name.find('\0'));
  if (!is_member_name(name))
    return refuse_archive("archive.name", "a file in it has a name that is not allowed");
  std::uint64_t size_bytes = 0;
  for (const char c : text.substr(kTarSize.at, kTarSize.size_bytes - 1)) {
    if (c < '0' || c > '7')
      return refuse_archive("archive.header", "a size in it is not written as it must be");
    size_bytes = size_bytes << 3U | static_cast<std::uint64_t>(c - '0');
  }
  if (!std::ranges::equal(block, tar_header(name, size_bytes)))
    return refuse_archive("archive.header", "a file header in it is not the canonical one");
  return TarEntry{std::string(name), size_bytes};
}

Result<std::vector<MemberPlace>> scan_archive(ReadableFile& file, std::size_t member_limit) {
  std::vector<MemberPlace> places;
  std::array<std::uint8_t, kTarBlockBytes> block{};
  std::uint64_t offset = 0;
  while (true) {
    VIGIL_TRY(read_exactly(file, offset, block));
    if (all_zero(block)) break;
    VIGIL_ASSIGN(TarEntry entry, parse_tar_header(block));
    if (std::ranges::find(places, entry.name, &MemberPlace::name) != places.end())
      return duplicate();
    if (places.size() == member_limit) return too_many();
    offset += kTarBlockBytes;
    const std::uint64_t end = offset + round_up(entry.size_bytes, kTarBlockBytes);
    if (end > file.size_bytes()) return cut();
    Bytes padding(end - offset - entry.size_bytes);
    VIGIL_TRY(read_exactly(file, offset + entry.size_bytes, padding));
    if (!all_zero(padding)) return bad_padding();
    places.push_back({std::move(entry.name), offset, entry.size_bytes});
    offset = end;
  }
  if (places.empty()) return too_many();
  VIGIL_TRY(check_end(file, offset));
  return places;
}

struct ArchiveParser::State {
  explicit State(ArchiveVisitor& v) : visitor(v) {}

  ArchiveVisitor& visitor;
  Bytes header;  // of the next member, as far as it has come
  std::set<std::string> names;
  std::uint64_t content_left_bytes = 0;
  std::uint64_t padding_left_bytes = 0;
  std::uint64_t taken_bytes = 0;
  std::uint64_t end_at_bytes = 0;  // 0 until the first zero block is seen
  bool in_member = false;

  Status take_header();
  Status leave_member();
};

Status ArchiveParser::State::take_header() {
  if (all_zero(header)) {
    if (names.empty()) return too_many();
    end_at_bytes = round_up(taken_bytes - kTarBlockBytes + kEndBytes, kTarRecordBytes);
    return {};
  }
  VIGIL_ASSIGN(const TarEntry entry, parse_tar_header(header));
  header.clear();
  if (names.size() == kMemberCountLimit) return too_many();
  if (!names.insert(entry.name).second) return duplicate();
  in_member = true;
  content_left_bytes = entry.size_bytes;
  padding_left_bytes = round_up(entry.size_bytes, kTarBlockBytes) - entry.size_bytes;
  VIGIL_TRY(visitor.begin_member(entry.name, entry.size_bytes));
  return leave_member();
}

Status ArchiveParser::State::leave_member() {
  if (content_left_bytes != 0) return {};
  in_member = false;
  return visitor.end_member();
}

ArchiveParser::ArchiveParser(ArchiveVisitor& visitor) : state_(std::make_unique<State>(visitor)) {}
ArchiveParser::~ArchiveParser() = default;

Status ArchiveParser::write(ByteView bytes) {
  State& s = *state_;
  while (!bytes.empty()) {
    std::size_t count = bytes.size();
    if (s.end_at_bytes != 0) {
      if (s.taken_bytes + count > s.end_at_bytes || !all_zero(bytes)) return trailing();
      s.taken_bytes += count;
    } else if (s.in_member) {
      count = static_cast<std::size_t>(std::min<std::uint64_t>(count, s.content_left_bytes));
      s.taken_bytes += count;
      s.content_left_bytes -= count;
      VIGIL_TRY(s.visitor.content(bytes.first(count)));
      VIGIL_TRY(s.leave_member());
    } else if (s.padding_left_bytes > 0) {
      count = static_cast<std::size_t>(std::min<std::uint64_t>(count, s.padding_left_bytes));
      s.taken_bytes += count;
      s.padding_left_bytes -= count;
      if (!all_zero(bytes.first(count))) return bad_padding();
    } else {
      count = std::min(count, kTarBlockBytes - s.header.size());
      s.taken_bytes += count;
      s.header.insert(s.header.end(), bytes.begin(),
                      bytes.begin() + static_cast<std::ptrdiff_t>(count));
      if (s.header.size() == kTarBlockBytes) VIGIL_TRY(s.take_header());
    }
    bytes = bytes.subspan(count);
  }
  return {};
}

Status ArchiveParser::finish() {
  if (state_->end_at_bytes == 0 || state_->taken_bytes != state_->end_at_bytes) return cut();
  return {};
}

Result<std::vector<Member>> read_archive(ByteView archive) {
  Collector collector;
  ArchiveParser parser(collector);
  VIGIL_TRY(parser.write(archive));
  VIGIL_TRY(parser.finish());
  return std::move(collector.members);
}

}  // namespace vigil::bundle
