// SPDX-License-Identifier: Apache-2.0
//
// tests/vectors/evidence: packs with one fault each, made without our code, and what each must
// give.
#include <algorithm>

#include <gtest/gtest.h>

#include "app/verify/evidence.h"
#include "core/bundle/evidence.h"
#include "tests/support/vector_file.h"

namespace vigil::verify {
namespace {

// "ok", the code of an error, or the first claim that does not hold.
std::string outcome(const Result<EvidenceReport>& report) {
  if (!report) return report.error().code;
  for (const Claim& claim : report->claims)
    if (claim.verdict == Verdict::kDoesNotHold) return claim.claim;
  return "ok";
}

TEST(EvidenceVectors, EachGivesItsVerdictAndShowsNothingUnlessAllHolds) {
  std::size_t refused = 0;
  for (const auto& vector : vigil::test::read_vectors(VIGIL_SOURCE_DIR, "evidence")) {
    const auto root = crypto::minisign::parse_public_key(vector.value("root"));
    ASSERT_TRUE(root) << vector.name;
    const auto report = judge_evidence(as_bytes(vector.body), *root);
    EXPECT_EQ(outcome(report), vector.value("expect")) << vector.name;
    if (outcome(report) == "ok") continue;
    ++refused;
    if (!report) continue;
    for (const std::string& text :
         {evidence_text(*report), evidence_json(*report), evidence_html(*report, "now")}) {
      EXPECT_EQ(text.find("IVS "), std::string::npos) << vector.name << "\n" << text;
      EXPECT_EQ(text.find("r1-/data/"), std::string::npos) << vector.name << "\n" << text;
    }
  }
  EXPECT_GE(refused, 55U);
}

TEST(EvidenceVectors, WhatIsShownIsComparedWithTheSignedHashes) {
  std::size_t compared = 0;
  for (const auto& vector : vigil::test::read_vectors(VIGIL_SOURCE_DIR, "evidence")) {
    if (vector.value("code").empty()) continue;
    const auto pack = bundle::read_evidence(as_bytes(vector.body));
    ASSERT_TRUE(pack) << vector.name;
    const auto manifest = bundle::parse_manifest(pack->manifest_json);
    ASSERT_TRUE(manifest) << vector.name;
    const auto count = bundle::check_evidence(*pack, *manifest);
    EXPECT_EQ(count ? "ok" : count.error().code, vector.value("code")) << vector.name;
    ++compared;
  }
  EXPECT_GE(compared, 16U);
}

}  // namespace
}  // namespace vigil::verify
