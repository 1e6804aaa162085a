// SPDX-License-Identifier: Apache-2.0
//
// The frozen signature files of tests/vectors/minisign, one fault each, over one message and for
// one key. They were made by the disabled test below; the checks read the files only.
#include <gtest/gtest.h>

#include "core/crypto/minisign.h"
#include "tests/support/run_program.h"
#include "tests/support/vectors.h"

namespace vigil::crypto::minisign {
namespace {

using test::Vector;

const std::string kFolder = VIGIL_SOURCE_DIR "/tests/vectors/minisign";
constexpr std::string_view kMessage = "what was seen, and when\n";

std::array<std::string, 4> lines_of(const std::string& text) {
  std::array<std::string, 4> lines;
  std::size_t at = 0;
  for (std::string& line : lines) {
    line = text.substr(at, text.find('\n', at) - at);
    at += line.size() + 1;
  }
  return lines;
}

std::string joined(const std::array<std::string, 4>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string with_bytes(const std::string& line, std::size_t at, std::uint8_t mask) {
  Bytes bytes = base64_decode(line).value();
  bytes[at] ^= mask;
  return base64_encode(bytes);
}

// Run by hand when the set grows: --gtest_also_run_disabled_tests --gtest_filter=*MakeTheFiles
TEST(MinisignVectors, DISABLED_MakeTheFiles) {
  const SecretKey key = SecretKey::generate();
  const std::string good = sign(key, blake2b_512(as_bytes(kMessage)), "frozen");
  std::vector<Vector> vectors;
  const auto add = [&](const std::string& name, const std::string& code, const std::string& text) {
    vectors.push_back({name + ".minisig", code, to_bytes(text)});
  };
  const auto change = [&](const std::string& name, const std::string& code, auto edit) {
    std::array<std::string, 4> lines = lines_of(good);
    edit(lines);
    add(name, code, joined(lines));
  };
  const std::string format = "minisign.format";
  add("good", "ok", good);
  change("other-untrusted-comment", "ok", [](auto& l) { l[0] = "untrusted comment: anything"; });
  add("empty", format, "");
  add("three-lines", format, good.substr(0, good.rfind('\n', good.size() - 2) + 1));
  add("no-last-newline", format, good.substr(0, good.size() - 1));
  add("fifth-line", format, good + "\n");
  add("signed-twice", format, good + good);
  change("crlf", format, [](auto& l) {
    for (std::string& line : l) line += "\r";
  });
  change("untrusted-prefix", format, [](auto& l) { l[0] = "comment: signature by Vigil"; });
  change("trusted-prefix", format, [](auto& l) { l[2] = "comment: frozen"; });
  change("untrusted-too-long", format,
         [](auto& l) { l[0] = "untrusted comment: " + std::string(1100, 'x'); });
  change("signature-not-base64", format, [](auto& l) { l[1][9] = '!'; });
  change("signature-not-canonical", format, [](auto& l) { l[1].replace(l[1].size() - 2, 1, "B"); });
  change("signature-short", format, [](auto& l) { l[1] = base64_encode(Bytes(73)); });
  change("signature-long", format, [](auto& l) { l[1] = base64_encode(Bytes(75)); });
  change("comment-signature-short", format, [](auto& l) { l[3] = base64_encode(Bytes(63)); });
  change("algorithm-unknown", format, [](auto& l) { l[1] = with_bytes(l[1], 0, 1); });
  change("algorithm-legacy", "minisign.legacy", [](auto& l) { l[1] = with_bytes(l[1], 1, 0x20); });
  change("key-number-changed", "minisign.key", [](auto& l) { l[1] = with_bytes(l[1], 2, 1); });
  change("signature-r-flipped", "minisign.signature",
         [](auto& l) { l[1] = with_bytes(l[1], 12, 1); });
  change("signature-s-flipped", "minisign.signature",
         [](auto& l) { l[1] = with_bytes(l[1], 60, 1); });
  change("trusted-comment-changed", "minisign.comment", [](auto& l) { l[2] += " "; });
  change("comment-signature-flipped", "minisign.comment",
         [](auto& l) { l[3] = with_bytes(l[3], 5, 1); });
  add("of-another-message", "minisign.signature",
      sign(key, blake2b_512(as_bytes("something else\n")), "frozen"));
  vectors.push_back(
      {"public.key", "key", to_bytes(public_key_file(key.public_key(), "of the frozen files"))});
  write_vectors(kFolder, vectors);
}

TEST(MinisignVectors, EachFrozenFileGivesItsCode) {
  const auto key = parse_public_key_file(test::read_file(kFolder + "/public.key"));
  ASSERT_TRUE(key.has_value());
  std::size_t count = 0;
  for (const Vector& vector : test::read_vectors(kFolder)) {
    if (vector.code == "key") continue;
    const auto comment = verify(*key, blake2b_512(as_bytes(kMessage)), as_text(vector.content),
                                UntrustedComment::kAny);
    EXPECT_EQ(comment.has_value() ? "ok" : comment.error().code, vector.code) << vector.name;
    ++count;
  }
  EXPECT_GE(count, 24U);
}

TEST(MinisignVectors, WhatTheStockToolRefusesWeRefuseToo) {
  const test::TemporaryFolder folder;
  const std::string message = folder.put("message", as_bytes(kMessage));
  for (const Vector& vector : test::read_vectors(kFolder)) {
    if (vector.code == "key") continue;
    const auto result =
        test::run_program({"minisign", "-VHm", message, "-p", kFolder + "/public.key", "-x",
                           kFolder + "/" + vector.name});
    if (vector.code == "ok") {
      EXPECT_EQ(result.exit_status, 0) << vector.name << result.errors;
    }
    if (result.exit_status != 0) {
      EXPECT_NE(vector.code, "ok") << vector.name;
    }
  }
}

TEST(Minisign, EveryChangeOfASignatureFileIsRefused) {
  const SecretKey key = SecretKey::generate();
  const Blake2b512 digest = blake2b_512(as_bytes(kMessage));
  const std::string good = sign(key, digest, "frozen");
  const auto accepted = [&](const std::string& text) {
    return verify(key.public_key(), digest, text, UntrustedComment::kOurs).has_value();
  };
  ASSERT_TRUE(accepted(good));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string changed = good;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      EXPECT_FALSE(accepted(changed)) << "byte " << at;
    }
    EXPECT_FALSE(accepted(good.substr(0, at))) << "cut to " << at;
  }
}

TEST(Minisign, KeysThatAreDamagedAreRefused) {
  const SecretKey key = SecretKey::generate();
  SecretBytes raw = key.raw().clone();
  raw.writable()[8 + 40] ^= 1;  // the public half no longer fits the seed
  EXPECT_FALSE(SecretKey::from_raw(raw.view()).has_value());
  EXPECT_FALSE(SecretKey::from_raw(raw.view().first(71)).has_value());
  const auto passphrase = SecretBytes::copy_of(as_bytes("open"));
  const auto file = key.to_file(passphrase, 1 << 20);
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(SecretKey::from_file(file->view(), passphrase).has_value());
  // The limits stand at bytes 38 and 46 of the line; a file may not make us take 2 GiB.
  std::string text(file->text());
  const std::size_t start = text.find('\n') + 1;
  Bytes line = base64_decode(text.substr(start, text.size() - start - 1)).value();
  line[46 + 3] = 0x80;
  const std::string greedy = text.substr(0, start) + base64_encode(line) + "\n";
  const auto refused = SecretKey::from_file(as_bytes(greedy), passphrase);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "minisign.secret_key");
  for (const std::string_view bad :
       {"", "x", "untrusted comment: \n", "untrusted comment: x\nRWQ=\n"})
    EXPECT_FALSE(SecretKey::from_file(as_bytes(bad), passphrase).has_value());
}

}  // namespace
}  // namespace vigil::crypto::minisign
