// SPDX-License-Identifier: Apache-2.0
//
// A form, parsed once and immutable: binds, body, translations, secondary instances, compiled
// expressions and the graph of what depends on what. Shared by any number of sessions on any
// threads. Everything that depends on answers lives in FormSession.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::forms {

// Resolves the file behind a jr:// address by its last path component ("cities.csv").
// nullopt where there is none. Called only while loading.
using MediaSource = std::function<std::optional<Bytes>(std::string_view file_name)>;

class FormDefinition {
 public:
  virtual ~FormDefinition() = default;
  FormDefinition(const FormDefinition&) = delete;
  FormDefinition& operator=(const FormDefinition&) = delete;

  [[nodiscard]] virtual const std::string& id() const = 0;
  [[nodiscard]] virtual const std::string& version() const = 0;
  [[nodiscard]] virtual const std::string& title() const = 0;
  // In one of languages() (kTitleTextId); title() where it has none of its own there.
  [[nodiscard]] virtual const std::string& title_in(std::string_view language) const = 0;
  // Translation names as the author wrote them ("English (en)"), default first; empty when the form
  // has none.
  [[nodiscard]] virtual const std::vector<std::string>& languages() const = 0;
  // The XForm XML this was loaded from.
  [[nodiscard]] virtual const std::string& xml() const = 0;
  // What an author should look at though the form works: a question bound to nothing, a bind of a
  // node that is not there, a path to nothing. One sentence each.
  [[nodiscard]] virtual const std::vector<std::string>& warnings() const = 0;

 protected:
  FormDefinition() = default;
};

// Of the translated text that is the form's title: XForms has one <h:title> for all languages.
// Other programs pass over a text that nothing refers to.
inline constexpr std::string_view kTitleTextId = "vigil:title";

using FormPointer = std::shared_ptr<const FormDefinition>;

// Fails kInvalid, naming the node or expression: not XML, a reference to nothing, a bad
// expression, a cycle (its members named), an entity bomb, nesting deeper than the limit.
[[nodiscard]] Result<FormPointer> load_xform(std::string_view xml, const MediaSource& media);

}  // namespace vigil::forms
