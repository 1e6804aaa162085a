// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/expression.h"

#include <gtest/gtest.h>

#include "tests/forms/expression/fixed_host.h"

namespace vigil::forms {
namespace {

TEST(Expression, SumsAndCompares) {
  auto names = std::make_shared<NameTable>();
  auto document = parse_document("<data><a>yes</a><b>2</b></data>", names, TextNodes::kLeafValues);
  ASSERT_TRUE(document.has_value());
  FixedHost host;
  const EvaluationContext context{.context = &(*document)->root(), .host = &host};
  const auto relevant = Expression::compile("/data/a = 'yes' and /data/b + 1 > 2", names);
  ASSERT_TRUE(relevant.has_value());
  EXPECT_TRUE(*relevant->evaluate_boolean(context));
}

}  // namespace
}  // namespace vigil::forms
