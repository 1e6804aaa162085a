// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

// Any depth: some tools wrap the model in further elements.
const Node* find_element(const Loader& loader, const Node& top, std::string_view local,
                         std::size_t depth = 0) {
  if (depth > 4) return nullptr;
  if (const Node* here = first_element(loader, top, local)) return here;
  for (const Node* child = top.first_child(); child != nullptr; child = child->next_sibling())
    if (child->kind() == NodeKind::kElement)
      if (const Node* found = find_element(loader, *child, local, depth + 1)) return found;
  return nullptr;
}

Status check_submission(const Loader& loader) {
  const Node* submission = first_element(loader, *loader.model, "submission");
  if (submission == nullptr) return {};
  const std::string* method = attribute_of(loader, *submission, "method");
  if (method != nullptr && *method != "post" && *method != "form-data-post")
    return fail(ErrorKind::kInvalid, "xform.submission",
                fmt::format("The submission method \"{}\" is not one that ODK tools know: use "
                            "\"post\".",
                            *method));
  return {};
}

Status load_model_actions(Loader& loader) {
  for (const Node* child = loader.model->first_child(); child != nullptr;
       child = child->next_sibling()) {
    const std::string_view name = local_name(loader, *child);
    if (name == "setvalue" || name == "setgeopoint") VIGIL_TRY(load_action(loader, *child, kNone));
  }
  return {};
}

Status load_all(Loader& loader) {
  VIGIL_TRY(check_submission(loader));
  VIGIL_TRY(find_repeats(loader));
  VIGIL_TRY(load_primary_instance(loader));
  VIGIL_TRY(load_secondary_instances(loader));
  VIGIL_TRY(load_itext(loader));
  VIGIL_TRY(load_binds(loader));
  VIGIL_TRY(load_model_actions(loader));
  if (loader.body != nullptr) VIGIL_TRY(load_body(loader));
  VIGIL_TRY(load_pulldata(loader));
  return build_graph(loader);
}

Result<FormPointer> load(std::string_view xml, const MediaSource& media) {
  auto form = std::make_shared<Form>();
  form->xml_ = std::string(xml);
  VIGIL_ASSIGN(const auto source, parse_document(xml, form->names, TextNodes::kKept));
  form->namespaces.reserve(source->prefixes().size());
  for (const auto& [uri, prefix] : source->prefixes())
    if (!prefix.empty()) form->namespaces.emplace_back(prefix, uri);

  Loader loader{*form, media, *source, nullptr, nullptr, {}, {}, {}};
  const Node* root = source->root_element();
  if (root != nullptr) {
    loader.model = find_element(loader, *root, "model");
    loader.body = find_element(loader, *root, "body");
    if (const Node* title = find_element(loader, *root, "title"))
      form->title_ = std::string(trimmed(string_value(*title)));
  }
  if (loader.model == nullptr)
    return fail(ErrorKind::kInvalid, "xform.model",
                "This is not an XForm: it has no <model>. Give the XForm XML that a form "
                "converter wrote.");
  VIGIL_TRY(load_all(loader));
  return FormPointer(std::move(form));
}

}  // namespace

Result<FormPointer> load_xform(std::string_view xml, const MediaSource& media) {
  Result<FormPointer> form = load(xml, media);
#ifdef __GLIBC__
  // The parsed source is several times the form; a tablet wants that memory back at once.
  malloc_trim(0);
#endif
  return form;
}

}  // namespace vigil::forms
