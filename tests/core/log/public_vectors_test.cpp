// SPDX-License-Identifier: Apache-2.0
//
// The public RFC 6962 vectors (transparency-dev/merkle), where a folder with them is named by
// VIGIL_VECTORS; our own tables need none.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "core/log/merkle.h"

namespace vigil::log {
namespace {

using nlohmann::json;

// nullopt: not a hash, so no verifier may accept it.
std::optional<Hash> read_hash(const json& value) {
  const auto bytes = base64_decode(value.get<std::string>());
  if (!bytes || bytes->size() != 32) return std::nullopt;
  Hash hash{};
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

std::optional<Proof> read_proof(const json& value) {
  Proof proof;
  if (value.is_null()) return proof;
  for (const json& item : value) {
    const auto hash = read_hash(item);
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

bool accepts(const json& test) {
  const auto proof = read_proof(test.at("proof"));
  if (!proof) return false;
  if (test.contains("leafIdx")) {
    const auto leaf = read_hash(test.at("leafHash"));
    const auto root = read_hash(test.at("root"));
    return leaf && root &&
           verify_inclusion(test.at("leafIdx"), test.at("treeSize"), *leaf, *proof, *root);
  }
  const auto old_root = read_hash(test.at("root1"));
  const auto new_root = read_hash(test.at("root2"));
  return old_root && new_root &&
         verify_consistency(test.at("size1"), test.at("size2"), *old_root, *new_root, *proof);
}

TEST(PublicVectors, EveryMerkleCaseGivesItsVerdict) {
  const char* folder = std::getenv("VIGIL_VECTORS");
  if (folder == nullptr) GTEST_SKIP() << "VIGIL_VECTORS names no folder";
  std::size_t cases = 0;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(folder) / "merkle")) {
    if (file.path().extension() != ".json") continue;
    std::ifstream stream(file.path());
    const json test = json::parse(stream);
    ++cases;
    EXPECT_EQ(accepts(test), !test.at("wantErr").get<bool>()) << file.path();
  }
  EXPECT_GT(cases, 0U);
}

}  // namespace
}  // namespace vigil::log
