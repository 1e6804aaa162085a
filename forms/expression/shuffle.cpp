// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/shuffle.h"

#include <cmath>
#include <utility>

#include "forms/expression/digest.h"

namespace vigil::forms {

std::int64_t seed_from(const Evaluator& evaluator, const Value& value) {
  const double number = evaluator.number_from(value);
  if (std::isfinite(number)) {
    constexpr double kMost = 9.2e18;  // a little under 2^63
    return static_cast<std::int64_t>(std::clamp(number, -kMost, kMost));
  }
  const std::string text = evaluator.text_from(value);
  if (value.type() == ValueType::kNumber || text.empty()) return 0;
  // JavaRosa: the first eight bytes of the text's SHA-256, big end first.
  const Bytes hash = *digest_of(text, "SHA-256");
  std::uint64_t seed = 0;
  for (std::size_t i = 0; i < 8; ++i) seed = seed << 8U | hash[i];
  return static_cast<std::int64_t>(seed);
}

void shuffle(NodeSet& nodes, std::int64_t seed) {
  constexpr std::int64_t kModulus = 2'147'483'647;
  constexpr std::int64_t kMultiplier = 16'807;
  std::int64_t state = seed % kModulus;
  if (state <= 0) state += kModulus - 1;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    state = state * kMultiplier % kModulus;
    const double fraction = static_cast<double>(state - 1) / static_cast<double>(kModulus - 1);
    std::swap(nodes[i], nodes[static_cast<std::size_t>(fraction * static_cast<double>(i + 1))]);
  }
}

}  // namespace vigil::forms
