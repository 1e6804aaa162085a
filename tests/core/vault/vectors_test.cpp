// SPDX-License-Identifier: Apache-2.0
//
// Frozen inputs under tests/vectors/vault, each with what it must give.
#include <filesystem>
#include <sstream>

#include "core/vault/header.h"
#include "core/vault/inbox.h"
#include "core/vault/journal.h"
#include "core/vault/schema.h"
#include "core/vault/settings.h"
#include "core/vault/unfinished.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

const std::string kVectors = std::string(VIGIL_SOURCE_DIR) + "/tests/vectors/vault/";

struct Vector {
  std::string file;
  std::string code;
};
std::vector<Vector> list(const std::string& name) {
  const Bytes text = vigil::test::read_file(kVectors + name);
  std::istringstream lines{std::string(as_text(text))};
  std::vector<Vector> vectors;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    Vector vector;
    std::istringstream(line) >> vector.file >> vector.code;
    vectors.push_back(vector);
  }
  return vectors;
}

crypto::SecretBytes frozen_key() {
  crypto::SecretBytes key(32);
  for (std::size_t i = 0; i < 32; ++i) key.writable()[i] = static_cast<std::uint8_t>(i);
  return key;
}

class Vectors : public testing::Test {
 protected:
  Result<VaultPointer> open_copy_of(const std::string& file) {
    folder_ = temporary_.file(file);
    std::filesystem::create_directory(folder_);
    std::filesystem::copy_file(kVectors + file, folder_ + "/vault.db");
    return open_with_key(host_, folder_, frozen_key(), "0a0b0c0d");
  }

  vigil::test::TemporaryFolder temporary_;
  std::string folder_;
  std::unique_ptr<Files> files_ = platform::posix_files();
  ManualClock clock_;
  Host host_{*files_, clock_};
};

TEST_F(Vectors, DatabasesAreRefusedAndLeftAlone) {
  const auto vectors = list("databases.txt");
  ASSERT_EQ(vectors.size(), 9u);
  for (const Vector& vector : vectors) {
    EXPECT_EQ(code_of(open_copy_of(vector.file)), vector.code) << vector.file;
    EXPECT_EQ(vigil::test::read_file(folder_ + "/vault.db"),
              vigil::test::read_file(kVectors + vector.file))
        << vector.file << " was written to";
  }
}

TEST_F(Vectors, HeadersAreJudged) {
  const auto vectors = list("headers.txt");
  ASSERT_GE(vectors.size(), 29u);
  for (const Vector& vector : vectors) {
    const Bytes text = vigil::test::read_file(kVectors + "headers/" + vector.file);
    const auto header = parse_header(as_text(text));
    EXPECT_EQ(code_of(header), vector.code == "-" ? "" : vector.code) << vector.file;
    if (header.has_value()) {
      EXPECT_EQ(emit_header(*header), as_text(text)) << vector.file;
    }
  }
}

TEST_F(Vectors, EveryCutAndFlipOfAHeaderIsRefusedOrSaysSomethingElse) {
  const std::string good(as_text(vigil::test::read_file(kVectors + "headers/good-two-slots")));
  const auto meaning = parse_header(good);
  ASSERT_TRUE(ok(meaning));
  for (std::size_t i = 0; i < good.size(); ++i) {
    EXPECT_FALSE(parse_header(std::string_view(good).substr(0, i)).has_value());
    std::string flipped = good;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    const auto parsed = parse_header(flipped);
    if (parsed.has_value()) {
      EXPECT_FALSE(*parsed == *meaning) << "byte " << i;
    }
  }
}

TEST_F(Vectors, VersionOneIsMigratedWithAllItHolds) {
  auto vault = open_copy_of("version-1.db");
  ASSERT_TRUE(ok(vault));
  EXPECT_EQ(*(*(*vault)->store())->database.integer("PRAGMA user_version"), newest_schema());
  EXPECT_EQ(**get_setting(**vault, kRoleSetting), to_bytes("tablet"));
  const auto all = visits(**vault);
  ASSERT_EQ(all->size(), 1u);
  EXPECT_EQ(all->front().place, "Frozen station");
  const auto list_of_records = records(**vault, all->front().id);
  ASSERT_EQ(list_of_records->size(), 1u);
  const RecordId record = list_of_records->front().id;
  EXPECT_TRUE(ok(verify_journal(**vault, record)));
  const auto rows = answers(**vault, record);
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ(rows->front().value, "frozen answer");
  const auto files = attachments(**vault, record);
  ASSERT_EQ(files->size(), 1u);
  auto file = open_attachment(**vault, files->front().id);
  Bytes content(5001);
  EXPECT_EQ(*(*file)->read_at(0, content), 5000u);
  EXPECT_EQ(content[4999], 7);
  EXPECT_TRUE(ok(submissions(**vault))) << "the office's tables are there too";
}

TEST_F(Vectors, VersionTwoHasNoTeamUntilSomebodySaysIt) {
  auto vault = open_copy_of("version-2.db");
  ASSERT_TRUE(ok(vault));
  EXPECT_EQ(*(*(*vault)->store())->database.integer("PRAGMA user_version"), newest_schema());
  const auto all = visits(**vault);
  ASSERT_EQ(all->size(), 1u);
  const Visit& old = all->front();
  EXPECT_EQ(old.place, "Frozen station");
  EXPECT_EQ(old.kind, "police");
  EXPECT_FALSE(old.team.said());
  ASSERT_TRUE(ok(set_team(**vault, old.id, {4, {"interviews", "registers"}})));
  EXPECT_EQ(visit(**vault, old.id)->team, (Team{4, {"interviews", "registers"}}));
  const auto imported = submissions(**vault);
  ASSERT_TRUE(ok(imported));
  ASSERT_EQ(imported->size(), 1u);
  const auto whole = submission(**vault, imported->front().id);
  ASSERT_TRUE(ok(whole));
  EXPECT_EQ(whole->place, "Frozen station");
  EXPECT_FALSE(whole->team.said());
  ASSERT_EQ(whole->answers.size(), 1u);
}

TEST_F(Vectors, VersionThreeWasLeftNowhereAndHasNothingUnfinished) {
  auto vault = open_copy_of("version-3.db");
  ASSERT_TRUE(ok(vault));
  EXPECT_EQ(*(*(*vault)->store())->database.integer("PRAGMA user_version"), newest_schema());
  const auto old = records(**vault, visits(**vault)->front().id);
  ASSERT_TRUE(ok(old));
  ASSERT_EQ(old->size(), 1u);
  const RecordId record = old->front().id;
  EXPECT_EQ(old->front().position + old->front().language, "");
  EXPECT_TRUE(unfinished(**vault, record)->empty());
  EXPECT_EQ(answers(**vault, record)->size(), 3u);
  ASSERT_TRUE(ok(keep_unfinished(**vault, record, "/data/day", "?20112026 ")));
  EXPECT_EQ(unfinished(**vault, record)->size(), 1u);
}

}  // namespace
}  // namespace vigil::vault::test
