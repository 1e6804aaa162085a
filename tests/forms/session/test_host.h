// SPDX-License-Identifier: Apache-2.0
//
// A session's surroundings, turned by hand: clock, zone, seeded chance.
#pragma once

#include <map>
#include <string>

#include "forms/session/session.h"

namespace vigil::forms {

class TestHost final : public SessionHost {
 public:
  [[nodiscard]] WallTime now() const override { return {now_ms}; }
  [[nodiscard]] int utc_offset_minutes(WallTime) const override { return offset_minutes; }
  [[nodiscard]] std::uint64_t random_bits() override {
    // splitmix64
    std::uint64_t z = (seed += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  [[nodiscard]] std::string property(std::string_view name) const override {
    const auto known = properties.find(std::string(name));
    return known == properties.end() ? std::string() : known->second;
  }

  std::int64_t now_ms = 1795330178540;
  int offset_minutes = -420;
  std::uint64_t seed = 1;
  std::map<std::string, std::string> properties;
};

}  // namespace vigil::forms
