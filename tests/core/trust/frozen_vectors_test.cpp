// SPDX-License-Identifier: Apache-2.0
//
// tests/vectors/trust: every refused input with the code it must give.
#include <gtest/gtest.h>

#include "core/trust/enrolment.h"
#include "core/trust/event.h"
#include "core/trust/handover.h"
#include "core/trust/kit.h"
#include "core/trust/roster.h"
#include "tests/support/vector_file.h"

namespace vigil::trust {
namespace {

using test::VectorFile;

template <typename T>
std::string code_of(const Result<T>& result) {
  return result ? "ok" : result.error().code;
}

crypto::minisign::PublicKey root_of(const VectorFile& vector) {
  const auto key = crypto::minisign::parse_public_key(vector.value("root"));
  EXPECT_TRUE(key) << vector.name;
  return key.value_or(crypto::minisign::PublicKey{});
}

TEST(FrozenVectors, RequestsGiveTheirCode) {
  for (const VectorFile& vector : test::read_vectors(VIGIL_SOURCE_DIR, "trust/request"))
    EXPECT_EQ(code_of(read_request(vector.body)), vector.value("expect")) << vector.name;
}

TEST(FrozenVectors, RostersGiveTheirCodeAndEmitTheSameText) {
  for (const VectorFile& vector : test::read_vectors(VIGIL_SOURCE_DIR, "trust/roster")) {
    const std::size_t size = std::stoul(vector.value("roster_bytes"));
    const SignedRoster roster{vector.body.substr(0, size), vector.body.substr(size)};
    const auto verified = verify_roster(roster, root_of(vector));
    EXPECT_EQ(code_of(verified), vector.value("expect")) << vector.name;
    if (verified) {
      EXPECT_EQ(emit_roster(*verified), roster.roster_json) << vector.name;
    }
  }
}

TEST(FrozenVectors, EventsGiveTheirCode) {
  for (const VectorFile& vector : test::read_vectors(VIGIL_SOURCE_DIR, "trust/event"))
    EXPECT_EQ(code_of(read_event(vector.body)), vector.value("expect")) << vector.name;
}

TEST(FrozenVectors, HandoversGiveTheirCode) {
  for (const VectorFile& vector : test::read_vectors(VIGIL_SOURCE_DIR, "trust/handover")) {
    const auto to = read_handover(vector.body, root_of(vector));
    EXPECT_EQ(code_of(to), vector.value("expect")) << vector.name;
    if (to) {
      EXPECT_EQ(crypto::minisign::to_string(*to), vector.value("to")) << vector.name;
    }
  }
}

TEST(FrozenVectors, KitsGiveTheirCode) {
  for (const VectorFile& vector : test::read_vectors(VIGIL_SOURCE_DIR, "trust/kit"))
    EXPECT_EQ(code_of(read_kit(as_bytes(vector.body), root_of(vector))), vector.value("expect"))
        << vector.name;
}

}  // namespace
}  // namespace vigil::trust
