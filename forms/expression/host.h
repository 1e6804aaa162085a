// SPDX-License-Identifier: Apache-2.0
//
// What an expression asks of whoever evaluates it. The session implements it; every function has an
// answer for "nothing known", so tests and `vigilctl xpath` override only what they need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "forms/tree/tree.h"

namespace vigil::forms {

// Outlives the evaluation. Called on the thread that evaluates.
class ExpressionHost {
 public:
  virtual ~ExpressionHost() = default;

  [[nodiscard]] virtual WallTime now() const = 0;
  // Minutes east of UTC at `time`: dates and times without an offset are local ones of this zone.
  [[nodiscard]] virtual int utc_offset_minutes(WallTime time) const = 0;
  // Uniform.
  [[nodiscard]] virtual std::uint64_t random_bits() = 0;

  // What instance('id') answers: the node whose child is the instance's root element (of a
  // Document: its root()). nullptr: no such instance, which is an error of the expression.
  [[nodiscard]] virtual const Node* instance(std::string_view) const { return nullptr; }
  // jr:itext(): the text in the current language, preferring the plain form; nullopt: no such id.
  [[nodiscard]] virtual std::optional<std::string> itext(std::string_view) const {
    return std::nullopt;
  }
  // The same as nodes, for a host that has the translations as a document; asked first.
  [[nodiscard]] virtual std::vector<const Node*> itext_nodes(std::string_view) const { return {}; }
  // jr:choice-name(): label of choice `value` of the select at `path` (an absolute or relative path
  // as text, to be resolved from `context`), in the current language.
  [[nodiscard]] virtual std::optional<std::string> choice_label(std::string_view /*value*/,
                                                                std::string_view /*path*/,
                                                                const Node* /*context*/) const {
    return std::nullopt;
  }
  // property(): deviceid, username, email, phonenumber and the like; "" where unknown.
  [[nodiscard]] virtual std::string property(std::string_view) const { return {}; }
  // Told after an evaluation that was not a small one how many nodes it looked at, so that a host
  // can end an operation of many dear expressions.
  virtual void worked(std::size_t /*nodes*/) {}
  // version(): of the form.
  [[nodiscard]] virtual std::string form_version() const { return {}; }
  // extract-signed(): the content of an Ed25519-signed text if the signature by the base64 public
  // key is right, else nullopt (the function then answers ""). forms/ knows no cryptography, so the
  // program supplies it.
  [[nodiscard]] virtual std::optional<std::string> extract_signed(std::string_view /*text*/,
                                                                  std::string_view /*key*/) const {
    return std::nullopt;
  }
};

}  // namespace vigil::forms
