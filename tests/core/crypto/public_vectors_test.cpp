// SPDX-License-Identifier: Apache-2.0
//
// The public age test suite (C2SP/CCTV) and a table of the stock minisign's verdicts, where a
// folder with them is named by VIGIL_VECTORS; our own tables need none.
#include <cstdlib>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "core/crypto/age.h"
#include "core/crypto/minisign.h"
#include "tests/support/run_program.h"

namespace vigil::crypto {
namespace {

std::filesystem::path vectors_folder() {
  const char* folder = std::getenv("VIGIL_VECTORS");
  return folder == nullptr ? "" : folder;
}

struct AgeCase {
  std::string expect;
  std::string payload_sha256;
  std::string identities;
  std::string passphrase;
  bool compressed = false;
  Bytes file;
};

// Inflates a zlib stream with the stock gzip: the same deflate data under another head. The tail
// differs, of which gzip complains after it has written everything.
Bytes inflate(ByteView zlib) {
  std::string gzip("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  gzip += as_text(zlib.subspan(2));
  return to_bytes(test::run_program({"gzip", "-dc"}, gzip).output);
}

AgeCase read_case(const std::filesystem::path& path) {
  const Bytes content = test::read_file(path);
  std::string_view rest = as_text(content);
  AgeCase result;
  while (true) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    if (line.empty()) break;
    const std::string_view key = line.substr(0, line.find(": "));
    const std::string value(line.substr(key.size() + 2));
    if (key == "expect") result.expect = value;
    if (key == "payload") result.payload_sha256 = value;
    if (key == "identity") result.identities += value + "\n";
    if (key == "passphrase" && result.passphrase.empty()) result.passphrase = value;
    if (key == "compressed") result.compressed = value == "zlib";
  }
  result.file = result.compressed ? inflate(as_bytes(rest)) : to_bytes(rest);
  return result;
}

// In the suite's own words.
std::string outcome(const AgeCase& test_case, Bytes& released) {
  age::Keys keys;
  if (!test_case.identities.empty()) {
    auto file = age::parse_identity_file(as_bytes(test_case.identities));
    if (!file.has_value()) return file.error().message;
    keys.identities = std::move(file->identities);
    keys.post_quantum_count = file->post_quantum_count;
  }
  keys.passphrase = SecretBytes::copy_of(as_bytes(test_case.passphrase));
  BytesSource source(test_case.file);
  BytesSink sink;
  const Status done = age::decrypt_maybe_armored(keys, source, sink);
  released = std::move(sink.bytes);
  if (done.has_value()) return "success";
  const auto failure = age::failure_of(done.error());
  if (!failure.has_value()) return done.error().message;
  const std::map<age::Failure, std::string> words = {
      {age::Failure::kHeader, "header failure"}, {age::Failure::kNoMatch, "no match"},
      {age::Failure::kHmac, "HMAC failure"},     {age::Failure::kPayload, "payload failure"},
      {age::Failure::kArmor, "armor failure"},   {age::Failure::kPassphrase, "passphrase"}};
  return words.at(*failure);
}

TEST(PublicVectors, EveryAgeCaseGivesItsClassAndReleasesWhatItMust) {
  if (vectors_folder().empty()) GTEST_SKIP() << "VIGIL_VECTORS names no folder";
  std::size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(vectors_folder() / "age")) {
    const std::string name = entry.path().filename().string();
    const AgeCase test_case = read_case(entry.path());
    // What only a holder of post-quantum keys can reach: libsodium has none.
    const bool unreachable = name.starts_with("hybrid") && test_case.expect != "header failure";
    Bytes released;
    const std::string got = outcome(test_case, released);
    EXPECT_EQ(got, unreachable ? "no match" : test_case.expect) << name;
    const Bytes nothing;
    const bool releases = !test_case.payload_sha256.empty() && !unreachable;
    EXPECT_EQ(hex_encode(sha256(released)),
              releases ? test_case.payload_sha256 : hex_encode(sha256(nothing)))
        << name;
    ++cases;
  }
  EXPECT_GT(cases, 50U);
}

TEST(PublicVectors, EveryMinisignCaseGivesTheStockVerdictWhereThatIsAsStrict) {
  if (vectors_folder().empty()) GTEST_SKIP() << "VIGIL_VECTORS names no folder";
  // What the stock tool lets pass and we do not: a file must have one spelling.
  const std::map<std::string, std::string> stricter = {{"crlf", "fail"}};
  std::size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(vectors_folder() / "minisign")) {
    const std::string folder = entry.path().string();
    const std::string name = entry.path().filename().string();
    const Bytes expect_file = test::read_file(folder + "/expect");
    const std::string_view text = as_text(expect_file);
    const std::string_view word = "strict=";
    const std::size_t at = text.find(word);
    std::string expect(at == text.npos ? text : text.substr(at + word.size()));
    expect = expect.substr(0, expect.find_first_of(" \n"));
    if (stricter.contains(name)) expect = stricter.at(name);
    const auto key = minisign::parse_public_key_file(test::read_file(folder + "/pub"));
    const bool accepted =
        key.has_value() && minisign::verify(*key, blake2b_512(test::read_file(folder + "/msg")),
                                            as_text(test::read_file(folder + "/msg.minisig")),
                                            minisign::UntrustedComment::kAny)
                               .has_value();
    EXPECT_EQ(accepted ? "ok" : "fail", expect) << name;
    ++cases;
  }
  EXPECT_GT(cases, 10U);
}

}  // namespace
}  // namespace vigil::crypto
