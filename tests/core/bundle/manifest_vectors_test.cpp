// SPDX-License-Identifier: Apache-2.0
//
// tests/vectors/bundle_manifest: manifests with one fault each, and the code each must give.
#include <gtest/gtest.h>

#include "core/bundle/manifest.h"
#include "tests/support/vector_file.h"

namespace vigil::bundle {
namespace {

TEST(ManifestVectors, EachGivesItsCodeAndEmitsTheSameText) {
  for (const auto& vector : vigil::test::read_vectors(VIGIL_SOURCE_DIR, "bundle_manifest")) {
    const auto manifest = parse_manifest(vector.body);
    EXPECT_EQ(manifest ? "ok" : manifest.error().code, vector.value("expect")) << vector.name;
    if (manifest) {
      EXPECT_EQ(emit_manifest(*manifest), vector.body) << vector.name;
    }
  }
}

}  // namespace
}  // namespace vigil::bundle
