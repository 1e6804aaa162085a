// SPDX-License-Identifier: Apache-2.0
//
// A host whose clock stands still and whose dice are counted.
#pragma once

#include <map>
#include <string>

#include "forms/expression/host.h"

namespace vigil::forms {

class FixedHost : public ExpressionHost {
 public:
  WallTime now() const override { return time; }
  int utc_offset_minutes(WallTime) const override { return offset_minutes; }
  std::uint64_t random_bits() override { return ++dice * 0x9E3779B97F4A7C15ULL; }
  const Node* instance(std::string_view id) const override {
    const auto found = instances.find(std::string(id));
    return found == instances.end() ? nullptr : found->second;
  }
  std::optional<std::string> itext(std::string_view id) const override {
    return "text of " + std::string(id);
  }
  std::optional<std::string> choice_label(std::string_view value, std::string_view path,
                                          const Node*) const override {
    return std::string(path) + ":" + std::string(value);
  }
  std::string property(std::string_view name) const override { return "my " + std::string(name); }
  std::string form_version() const override { return "2026"; }

  WallTime time{1'795'363'500'123};  // 2026-11-22T16:05:00.123Z
  int offset_minutes = 0;
  std::uint64_t dice = 0;
  std::map<std::string, const Node*> instances;
};

}  // namespace vigil::forms
