// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "forms/expression/function.h"

namespace vigil::forms {
namespace {

using ByName = std::unordered_map<std::string_view, const Function*>;

const ByName& all_functions() {
  static const ByName kAll = [] {
    ByName all;
    for (const auto& group :
         {string_functions(), logic_functions(), number_functions(), node_functions(),
          date_functions(), geo_functions(), choice_functions()}) {
      for (const Function& function : group) all.emplace(function.name, &function);
    }
    return all;
  }();
  return kAll;
}

// Levenshtein distance, given up above `limit`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

Value call_impossible(Call& call) {
  return call.refuse("expression.function", call.own_text());
}

constexpr Function kImpossible{
    .name = "", .least = 0, .most = kAnyCount, .type = StaticType::kAny, .call = call_impossible};

}  // namespace

const Function& impossible_call() {
  return kImpossible;
}

const Function* find_function(std::string_view name) {
  const ByName& all = all_functions();
  const auto found = all.find(name);
  return found == all.end() ? nullptr : found->second;
}

std::string_view nearest_function(std::string_view name) {
  // Spreadsheet programs write their functions in capitals.
  std::string small(name);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (small != name && find_function(small) != nullptr) return find_function(small)->name;
  // Two letters wrong in a long name is a slip; in a short one it is another name.
  const std::size_t near = name.size() < 6 ? 1 : 2;
  std::string_view nearest;
  std::size_t least = near + 1;
  for (const auto& [known, function] : all_functions()) {
    const std::size_t far = distance(name, known, near);
    // Alphabetical among equals, so that the answer is the same each time.
    if (far < least || (far == least && far <= near && known < nearest)) {
      least = far;
      nearest = known;
    }
  }
  return nearest;
}

}  // namespace vigil::forms
