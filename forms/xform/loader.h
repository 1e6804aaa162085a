// SPDX-License-Identifier: Apache-2.0
//
// The steps of load_xform(), one file each, in the order they run. They share this state; it dies
// when the form is loaded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "forms/xform/form.h"

namespace vigil::forms {

inline constexpr std::string_view kXformsUri = "http://www.w3.org/2002/xforms";
inline constexpr std::string_view kJavaRosaUri = "http://openrosa.org/javarosa";
inline constexpr std::string_view kOpenRosaUri = "http://openrosa.org/xforms";
inline constexpr std::string_view kVigilUri = "urn:x-vigil:xforms";

// Twelve times the largest form we know of; repeats nest 20 deep in none.
inline constexpr std::size_t kMaxSchemaNodes = 60'000;
inline constexpr std::size_t kMaxNesting = 200;

struct Loader {
  Form& form;
  const MediaSource& media;
  const Document& source;
  const Node* model = nullptr;
  const Node* body = nullptr;
  // Paths named by <repeat nodeset>, as resolved text ("/data/person").
  std::unordered_set<std::string> repeat_paths;
  std::unordered_map<std::string, SchemaIndex> by_bind_id;
  std::unordered_map<std::string, ExpressionIndex> compiled;
};

// XForm elements are told by their local name; attributes by local name and namespace.
[[nodiscard]] std::string_view local_name(const Loader& loader, const Node& node);
[[nodiscard]] bool is_element(const Loader& loader, const Node& node, std::string_view local);
[[nodiscard]] const Node* first_element(const Loader& loader, const Node& parent,
                                        std::string_view local);
// nullptr where there is no such attribute; `uri` "" for attributes without prefix.
[[nodiscard]] const std::string* attribute_of(const Loader& loader, const Node& node,
                                              std::string_view local, std::string_view uri = {});
[[nodiscard]] std::string_view trimmed(std::string_view text);

// `where` completes the sentence "The <where> cannot be used: ...".
[[nodiscard]] Result<ExpressionIndex> compile_expression(Loader& loader, std::string_view text,
                                                         std::string_view where);
// The node that a plain path names, seen from `context`; kNone where there is none or the path is
// not plain (predicates, functions, wildcards).
[[nodiscard]] SchemaIndex resolve_path(const Loader& loader, SchemaIndex context,
                                       std::string_view path);
// The same as text, before the schema is there: "" where the path is not plain.
[[nodiscard]] std::string resolve_path_text(std::string_view context, std::string_view path,
                                            std::string_view root_name);

// The attribute by which a saved instance is known as one of this form: no rule may change it.
[[nodiscard]] bool is_own_id(const Form& form, SchemaIndex index);

// Paths that climb out of the node climb one step less from its parent.
[[nodiscard]] std::string seen_from_parent(std::string_view text);

[[nodiscard]] Status find_repeats(Loader& loader);
[[nodiscard]] Status load_primary_instance(Loader& loader);
[[nodiscard]] Status load_secondary_instances(Loader& loader);
[[nodiscard]] Status load_itext(Loader& loader);
[[nodiscard]] Status load_binds(Loader& loader);
[[nodiscard]] Status load_body(Loader& loader);
// Choices of search() and query=, from files beside the form; nothing where there is neither.
[[nodiscard]] Status load_search(Loader& loader, const Node& element, Control& control);
[[nodiscard]] Status load_pulldata(Loader& loader);
[[nodiscard]] Status load_query(Loader& loader, const Node& element, Control& control);
[[nodiscard]] Status load_action(Loader& loader, const Node& element, SchemaIndex source);
[[nodiscard]] Status build_graph(Loader& loader);

[[nodiscard]] Result<TextParts> load_text_parts(Loader& loader, const Node& element,
                                                std::string_view where);
// A label, hint or message element: inline text or ref=.
[[nodiscard]] Result<TextSource> load_text(Loader& loader, const Node& element,
                                           std::string_view where);
// The value of ref= or of a message attribute: jr:itext(...), else (for attributes) plain text.
[[nodiscard]] Result<TextSource> load_text_ref(Loader& loader, std::string_view ref,
                                               bool plain_allowed, std::string_view where);

// Documents of external files.
[[nodiscard]] Result<std::unique_ptr<Document>> load_csv(std::string_view text,
                                                         const std::shared_ptr<NameTable>& names);
[[nodiscard]] Result<std::unique_ptr<Document>> load_geojson(
    std::string_view text, const std::shared_ptr<NameTable>& names);

}  // namespace vigil::forms
