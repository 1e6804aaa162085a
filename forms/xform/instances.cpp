// SPDX-License-Identifier: Apache-2.0
//
// Secondary instances: lists written in the form, or kept in files beside it.
#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

// The subtree as an instance of its own: leaf text becomes the leaf's value.
Node& copy_instance(const Node& source, Document& document) {
  bool leaf = true;
  std::string text;
  for (const Node* child = source.first_child(); child != nullptr; child = child->next_sibling()) {
    leaf = leaf && child->kind() != NodeKind::kElement;
    if (child->kind() == NodeKind::kText) text += child->value();
  }
  Node& copy = document.create_element(
      source.name(), leaf && !trimmed(text).empty() ? std::string_view(text) : std::string_view());
  for (const Node* at = source.first_attribute(); at != nullptr; at = at->next_sibling())
    document.set_attribute(copy, at->name(), at->value());
  for (const Node* child = source.first_child(); child != nullptr; child = child->next_sibling())
    if (child->kind() == NodeKind::kElement) document.append(copy, copy_instance(*child, document));
  return copy;
}

Result<std::unique_ptr<Document>> load_external(Loader& loader, std::string_view address,
                                                const std::string& id) {
  const std::string_view name = address.substr(address.rfind('/') + 1);
  std::optional<Bytes> bytes;
  if (loader.media) bytes = loader.media(name);
  if (!bytes.has_value()) {
    loader.form.warnings_.push_back(fmt::format(
        "The file \"{}\" of the list \"{}\" is not there: the list is empty.", name, id));
    auto empty = std::make_unique<Document>(loader.form.names);
    empty->append(empty->root(), empty->create_element(loader.form.names->intern("", "root")));
    return empty;
  }
  std::string_view text = as_text(*bytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (name.ends_with(".csv") || address.starts_with("jr://file-csv/"))
    return load_csv(text, loader.form.names);
  if (name.ends_with(".geojson")) return load_geojson(text, loader.form.names);
  return parse_document(text, loader.form.names, TextNodes::kLeafValues);
}

}  // namespace

Status load_secondary_instances(Loader& loader) {
  Form& form = loader.form;
  bool first = true;
  for (const Node* element = loader.model->first_child(); element != nullptr;
       element = element->next_sibling()) {
    if (!is_element(loader, *element, "instance")) continue;
    if (std::exchange(first, false)) continue;
    const std::string* id = attribute_of(loader, *element, "id");
    if (id == nullptr) continue;
    const std::string* address = attribute_of(loader, *element, "src");
    if (address != nullptr && *address == "jr://instance/last-saved") {
      form.uses_last_saved = true;
      form.last_saved_id = *id;
      continue;
    }
    std::unique_ptr<Document> document;
    if (address != nullptr && !address->empty()) {
      auto external = load_external(loader, *address, *id);
      if (!external.has_value())
        return fail(ErrorKind::kInvalid, external.error().code,
                    fmt::format("The list \"{}\" cannot be read from \"{}\": {}", *id, *address,
                                external.error().message));
      document = std::move(*external);
    } else {
      document = std::make_unique<Document>(form.names);
      for (const Node* root = element->first_child(); root != nullptr; root = root->next_sibling())
        if (root->kind() == NodeKind::kElement) {
          document->append(document->root(), copy_instance(*root, *document));
          break;
        }
    }
    document->freeze();
    form.secondary.emplace_back(*id, std::move(document));
  }
  return {};
}

}  // namespace vigil::forms
