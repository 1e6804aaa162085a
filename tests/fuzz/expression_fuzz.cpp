// SPDX-License-Identifier: Apache-2.0
//
// An expression in both dialects on a small form: compiled, analysed and evaluated in all types.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "forms/expression/expression.h"

namespace {

using namespace vigil::forms;

class FuzzHost : public ExpressionHost {
 public:
  explicit FuzzHost(const Document& items) : items_(items) {}
  vigil::WallTime now() const override { return {1'795'363'500'123}; }
  int utc_offset_minutes(vigil::WallTime time) const override {
    return time.ms % 2 == 0 ? 360 : -420;
  }
  std::uint64_t random_bits() override { return ++dice_ * 0x9E3779B97F4A7C15ULL; }
  const Node* instance(std::string_view) const override { return &items_.root(); }

 private:
  const Document& items_;
  std::uint64_t dice_ = 0;
};

struct World {
  std::shared_ptr<NameTable> names = std::make_shared<NameTable>();
  std::unique_ptr<Document> form =
      *parse_document("<d><a>1</a><b>x y</b><p><c>2026-01-02</c></p><p><c/></p></d>", names,
                      TextNodes::kLeafValues);
  std::unique_ptr<Document> items = *parse_document(
      "<r><i><n>1</n></i><i><n>2</n></i><i><n>3</n></i><i><n>4</n></i><i><n>5</n></i><i><n>6</n>"
      "</i><i><n>7</n></i><i><n>8</n></i></r>",
      names, TextNodes::kLeafValues);
  World() { items->freeze(); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const World world;
  FuzzHost host(*world.items);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool plain : {false, true}) {
    CompileOptions options;
    options.plain_xpath = plain;
    const auto expression = Expression::compile(text, world.names, options);
    if (!expression.has_value()) continue;
    const EvaluationContext context{.context = world.form->root_element()->first_child(),
                                    .host = &host};
    (void)expression->evaluate(context);
    (void)expression->evaluate_boolean(context);
    (void)expression->evaluate_number(context);
    (void)expression->evaluate_string(context);
    (void)expression->evaluate_nodes(context, true);
  }
  return 0;
}
