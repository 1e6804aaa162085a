// SPDX-License-Identifier: Apache-2.0
//
// tests/vectors/log: every refused input with the code it must give.
#include <gtest/gtest.h>

#include "core/log/receipt.h"
#include "tests/support/vector_file.h"

namespace vigil::log {
namespace {

using test::VectorFile;

template <typename T>
std::string code_of(const Result<T>& result) {
  return result ? "ok" : result.error().code;
}

VerifierKey key_of(const std::string& text) {
  const auto key = parse_verifier_key(text);
  EXPECT_TRUE(key) << text;
  return key.value_or(VerifierKey{});
}

TEST(FrozenVectors, NotesGiveTheirCode) {
  for (const VectorFile& vector : test::read_vectors(VIGIL_SOURCE_DIR, "log/note")) {
    std::vector<VerifierKey> witnesses;
    for (const std::string& text : vector.values("witness")) witnesses.push_back(key_of(text));
    const std::string quorum = vector.value("quorum");
    EXPECT_EQ(code_of(verify_checkpoint(vector.body, key_of(vector.value("log")), witnesses,
                                        quorum.empty() ? 0 : std::stoul(quorum))),
              vector.value("expect"))
        << vector.name;
  }
}

TEST(FrozenVectors, ReceiptsGiveTheirCodeAndEmitTheSameBytes) {
  for (const VectorFile& vector : test::read_vectors(VIGIL_SOURCE_DIR, "log/receipt")) {
    const auto entry = hex_decode(vector.value("entry"));
    ASSERT_TRUE(entry) << vector.name;
    EXPECT_EQ(code_of(verify_receipt(vector.body, *entry, key_of(vector.value("log")), {}, 0)),
              vector.value("expect"))
        << vector.name;
    if (const auto receipt = parse_receipt(vector.body)) {
      EXPECT_EQ(emit_receipt(*receipt), vector.body) << vector.name;
    }
  }
}

TEST(FrozenVectors, KeysGiveTheirCodeAndEmitTheSameText) {
  for (const VectorFile& vector : test::read_vectors(VIGIL_SOURCE_DIR, "log/key")) {
    const auto key = parse_verifier_key(vector.body);
    EXPECT_EQ(code_of(key), vector.value("expect")) << vector.name;
    if (key) {
      EXPECT_EQ(to_string(*key), vector.body) << vector.name;
    }
  }
}

}  // namespace
}  // namespace vigil::log
