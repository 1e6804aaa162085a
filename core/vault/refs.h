// SPDX-License-Identifier: Apache-2.0
//
// Refs as texts: "/data/person[2]/age". Only their shape is known here. core/vault's own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::vault {

inline constexpr std::size_t kRefLimitBytes = 1024;

// Segments of anything but '/', '[', ']' , white space and control characters, each maybe with [n],
// n from 1.
[[nodiscard]] bool is_ref(std::string_view ref);

// "/data/person[2]/child[1]/age" lies in "/data/person[2]" and "/data/person[2]/child[1]". Without
// the ref itself.
[[nodiscard]] std::vector<std::string_view> enclosing_instances(std::string_view ref);

struct InstanceRef {
  std::string_view range;  // "/data/person"
  long number = 0;
};
// nullopt where the ref is not an instance's own.
[[nodiscard]] std::optional<InstanceRef> split_instance(std::string_view ref);
[[nodiscard]] std::string join_instance(std::string_view range, long number);

// The ref is `ancestor` or lies below it.
[[nodiscard]] bool is_within(std::string_view ref, std::string_view ancestor);

// Where the ref goes when `removed` is removed: itself if untouched, renumbered if it lies in a
// later instance of the same repeat. Requires: it does not lie within `removed`.
[[nodiscard]] std::string ref_after_removal(std::string_view ref, const InstanceRef& removed);

// Parents before children, instances by number.
[[nodiscard]] bool ref_less(std::string_view a, std::string_view b);

}  // namespace vigil::vault
