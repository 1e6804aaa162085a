// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/archive.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/core/bundle/sample.h"
#include "tests/support/run_program.h"

namespace vigil::bundle {
namespace {

using vigil::test::run_program;
using vigil::test::TemporaryFolder;

std::vector<Member> sample_members() {
  return {{"a", to_bytes("first")},
          {"empty", {}},
          {"b.json", Bytes(512, 'x')},
          {"c-d_e.0", Bytes(513, 'y')}};
}

Bytes sample() {
  const Result<Bytes> archive = write_archive(sample_members());
  EXPECT_TRUE(archive.has_value());
  return archive.value();
}

// All readers must agree; this asks them all and gives the one code.
std::string refusal(const Bytes& archive) {
  const auto whole = read_archive(archive);
  test::MemoryFile file(archive);
  const auto places = scan_archive(file, 16);
  EXPECT_EQ(whole.has_value(), places.has_value());
  if (whole.has_value() != places.has_value()) return "readers differ";
  if (whole.has_value()) return "";
  EXPECT_EQ(whole.error().code, places.error().code);
  return whole.error().code;
}

// The header at `at` with a right checksum again.
void fix_checksum(Bytes& archive, std::size_t at) {
  std::fill_n(archive.begin() + static_cast<std::ptrdiff_t>(at + 148), 8, ' ');
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += archive[at + i];
  for (std::size_t i = 0; i < 6; ++i)
    archive[at + 148 + i] = static_cast<std::uint8_t>('0' + (sum >> (3 * (5 - i)) & 7));
  archive[at + 154] = 0;
}

Bytes with_byte(Bytes archive, std::size_t at, std::uint8_t value) {
  archive[at] = value;
  fix_checksum(archive, at / 512 * 512);
  return archive;
}

TEST(Archive, IsWhatTarWrites) {
  const TemporaryFolder folder;
  std::vector<std::string> command{"tar",       "--format=ustar",  "--mtime=@0",  "--owner=0",
                                   "--group=0", "--numeric-owner", "--mode=0644", "-cf",
                                   "all.tar"};
  for (const Member& member : sample_members()) {
    folder.put(member.name, member.content);
    command.push_back(member.name);
  }
  ASSERT_EQ(run_program(command, {}, folder.path()).exit_status, 0);
  EXPECT_TRUE(folder.get("all.tar") == sample());
  EXPECT_EQ(refusal(folder.get("all.tar")), "");
}

TEST(Archive, ComesBackAsItWas) {
  const auto members = read_archive(sample());
  ASSERT_TRUE(members.has_value());
  const std::vector<Member> expected = sample_members();
  ASSERT_EQ(members->size(), expected.size());
  std::vector<std::uint64_t> sizes;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ((*members)[i].name, expected[i].name);
    EXPECT_EQ((*members)[i].content, expected[i].content);
    sizes.push_back(expected[i].content.size());
  }
  EXPECT_EQ(archive_size_bytes(sizes), sample().size());
}

TEST(Archive, OfEverySizeEndsInZerosOnly) {
  for (std::size_t size = 0; size <= 2 * kTarRecordBytes; size += 256) {
    const Bytes content(size, 'x');
    const auto archive = write_archive({{"a", content}});
    ASSERT_TRUE(archive.has_value());
    EXPECT_EQ(archive->size(), archive_size_bytes({size}));
    EXPECT_EQ(refusal(*archive), "") << size;
    EXPECT_TRUE(std::all_of(archive->begin() + static_cast<std::ptrdiff_t>(512 + size),
                            archive->end(), [](std::uint8_t byte) { return byte == 0; }))
        << size;
  }
}

TEST(Archive, StreamsInPiecesOfAnySize) {
  class Counter final : public ArchiveVisitor {
   public:
    Status begin_member(std::string_view name, std::uint64_t) override {
      seen += "[" + std::string(name) + ":";
      return {};
    }
    Status content(ByteView bytes) override {
      seen += as_text(bytes);
      return {};
    }
    Status end_member() override {
      seen += "]";
      return {};
    }
    std::string seen;
  };
  const Bytes archive = sample();
  std::string expected;
  for (const std::size_t piece : {archive.size(), std::size_t{1}, std::size_t{7}, std::size_t{512},
                                  std::size_t{513}, std::size_t{4096}}) {
    Counter counter;
    ArchiveParser parser(counter);
    for (std::size_t at = 0; at < archive.size(); at += piece)
      ASSERT_TRUE(parser.write(ByteView(archive).subspan(at, std::min(piece, archive.size() - at)))
                      .has_value());
    ASSERT_TRUE(parser.finish().has_value());
    if (expected.empty()) expected = counter.seen;
    EXPECT_EQ(counter.seen, expected) << piece;
  }
}

TEST(Archive, EveryHeaderTrickIsRefused) {
  const Bytes good = sample();
  ASSERT_EQ(refusal(good), "");
  EXPECT_EQ(refusal(with_byte(good, 0, '/')), "archive.name");
  EXPECT_EQ(refusal(with_byte(good, 0, '.')), "archive.name");
  EXPECT_EQ(refusal(with_byte(good, 0, 'A')), "archive.name");
  EXPECT_EQ(refusal(with_byte(good, 0, 0)), "archive.name");
  EXPECT_EQ(refusal(with_byte(good, 2, 'z')), "archive.header") << "text after the name's end";
  EXPECT_EQ(refusal(with_byte(good, 106, '5')), "archive.header") << "mode";
  EXPECT_EQ(refusal(with_byte(good, 114, '1')), "archive.header") << "owner";
  EXPECT_EQ(refusal(with_byte(good, 134, ' ')), "archive.header") << "size in another spelling";
  EXPECT_EQ(refusal(with_byte(good, 124, 0x80)), "archive.header") << "size in base 256";
  EXPECT_EQ(refusal(with_byte(good, 146, '1')), "archive.header") << "time";
  for (const char kind : {'1', '2', '3', '5', 'x', 'g', 'L', 'K', 'S', '\0'})
    EXPECT_EQ(refusal(with_byte(good, 156, static_cast<std::uint8_t>(kind))), "archive.header")
        << kind;
  EXPECT_EQ(refusal(with_byte(good, 157, 'x')), "archive.header") << "link target";
  EXPECT_EQ(refusal(with_byte(good, 263, ' ')), "archive.header") << "GNU's own magic";
  EXPECT_EQ(refusal(with_byte(good, 265, 'r')), "archive.header") << "user name";
  EXPECT_EQ(refusal(with_byte(good, 345, 'd')), "archive.header") << "name prefix";
  EXPECT_EQ(refusal(with_byte(good, 511, 1)), "archive.header");
  Bytes sum = good;
  sum[148] = '1';
  EXPECT_EQ(refusal(sum), "archive.header") << "checksum";
}

TEST(Archive, NoByteMayStandAnywhereElse) {
  Bytes padding = sample();
  padding[512 + 5] = 1;
  EXPECT_EQ(refusal(padding), "archive.padding");
  Bytes end = sample();
  end.back() = 1;
  EXPECT_EQ(refusal(end), "archive.trailing");
  Bytes more = sample();
  more.push_back(0);
  EXPECT_EQ(refusal(more), "archive.trailing");
  Bytes record = sample();
  record.resize(record.size() + kTarRecordBytes);
  EXPECT_EQ(refusal(record), "archive.trailing");
}

TEST(Archive, DuplicatesAndEmptinessAreRefused) {
  const auto twice = write_archive({{"a", to_bytes("1")}, {"a", to_bytes("2")}});
  ASSERT_TRUE(twice.has_value());
  EXPECT_EQ(refusal(*twice), "archive.duplicate");
  EXPECT_EQ(refusal(Bytes(kTarRecordBytes)), "archive.members");
  EXPECT_EQ(refusal({}), "archive.cut");
  test::MemoryFile file(sample());
  const auto too_many = scan_archive(file, 3);
  ASSERT_FALSE(too_many.has_value());
  EXPECT_EQ(too_many.error().code, "archive.members");
}

TEST(Archive, EveryTruncationIsRefused) {
  const Bytes good = sample();
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_EQ(refusal(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))),
              "archive.cut")
        << size;
}

TEST(Archive, NamesAreFromASmallAlphabet) {
  for (const std::string_view good : {"a", "0", "-", "_x", "a..b", "payload.age"})
    EXPECT_TRUE(is_member_name(good)) << good;
  EXPECT_TRUE(is_member_name(std::string(64, 'a')));
  for (const std::string_view bad : {"", ".", "..", ".a", "A", "a/b", "a b", "a\\b", "\xc3\xa9"})
    EXPECT_FALSE(is_member_name(bad)) << bad;
  EXPECT_FALSE(is_member_name(std::string(65, 'a')));
  EXPECT_FALSE(write_archive({{"../x", {}}}).has_value());
}

}  // namespace
}  // namespace vigil::bundle
