// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/expression_check.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "forms/expression/expression.h"
#include "forms/xlsform/dependency_cycles.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {

void check_expressions(const std::vector<WrittenExpression>& expressions, const FormModel& model,
                       Problems& problems) {
  const auto names = std::make_shared<NameTable>();
  CompileOptions options;
  options.namespaces = model.settings.namespaces;
  // Forms repeat themselves: the same text means the same wherever it stands.
  std::unordered_map<std::string_view, std::string> seen;
  for (const WrittenExpression& written : expressions) {
    const std::string_view text = trimmed(written.text);
    if (text.empty()) continue;
    const auto [known, is_new] = seen.try_emplace(written.text);
    if (is_new) {
      const auto compiled = Expression::compile(text, names, options);
      if (!compiled.has_value()) known->second = compiled.error().message;
    }
    if (!known->second.empty()) problems.expression(written.place, known->second);
  }
  report_cycles(model, problems);
}

}  // namespace vigil::forms::xlsform
