// SPDX-License-Identifier: Apache-2.0
//
// The function library: one table entry a function, grouped by subject in functions_*.cpp. Not for
// other folders.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "forms/expression/evaluator.h"
#include "forms/expression/program.h"

namespace vigil::forms {

inline constexpr std::size_t kAnyCount = 1'000'000;

// How the function makes a result hang on more than the paths in its arguments.
enum class Hangs {
  kOnArguments,
  kOnClock,
  kOnRandom,
  kOnPosition,
  kOnOwnValue,
  kOnLanguage,
  kOnHost
};

struct Function {
  std::string_view name;
  std::size_t least;
  std::size_t most;
  StaticType type;
  Value (*call)(Call& call);
  Hangs hangs = Hangs::kOnArguments;
  // Reads the context node or its position even without a path argument.
  bool reads_focus = false;
  // Without arguments it takes the context node: as XPath 1.0 has it, and in forms only where
  // JavaRosa has it too.
  bool context_instead = false;
  bool context_instead_in_forms = false;
};

[[nodiscard]] std::span<const Function> string_functions();
[[nodiscard]] std::span<const Function> logic_functions();
[[nodiscard]] std::span<const Function> number_functions();
[[nodiscard]] std::span<const Function> node_functions();
[[nodiscard]] std::span<const Function> date_functions();
[[nodiscard]] std::span<const Function> geo_functions();
[[nodiscard]] std::span<const Function> choice_functions();

// nullptr where there is none of that name.
[[nodiscard]] const Function* find_function(std::string_view name);
// What a call that cannot be made (unknown name, wrong number of arguments) does in plain XPath
// when it is reached: fail with the term's text.
[[nodiscard]] const Function& impossible_call();
// The known name that was probably meant; "" where none is near.
[[nodiscard]] std::string_view nearest_function(std::string_view name);

}  // namespace vigil::forms
