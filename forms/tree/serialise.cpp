// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "forms/tree/escape.h"
#include "forms/tree/tree.h"

namespace vigil::forms {
namespace {

class Writer {
 public:
  Writer(const Document& document, const SerialiseOptions& options)
      : document_(document), names_(*document.names()), options_(options) {
    scope_.emplace_back("xml", "http://www.w3.org/XML/1998/namespace");
    scope_.emplace_back("", "");
    if (options.xml_declaration) out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  }

  void write(const Node& node) {
    switch (node.kind()) {
      case NodeKind::kDocument:
        write_children(node);
        break;
      case NodeKind::kElement:
        write_element(node);
        break;
      case NodeKind::kComment:
        out_ += fmt::format("<!--{}-->", node.value());
        break;
      case NodeKind::kInstruction:
        out_ += fmt::format("<?{} {}?>", names_.local(node.name()), node.value());
        break;
      case NodeKind::kText:
      case NodeKind::kAttribute:
        append_escaped(out_, node.value(), false);
        break;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void write_children(const Node& node) {
    for (const Node* child = node.first_child(); child != nullptr; child = child->next_sibling()) {
      write(*child);
    }
  }

  void write_element(const Node& node) {
    const SerialiseChoice choice =
        options_.choose ? options_.choose(node) : SerialiseChoice::kWhole;
    if (choice == SerialiseChoice::kDrop) return;
    const std::size_t mark = scope_.size();
    std::string declarations;
    const std::string name = qualified(node.name(), true, declarations);
    std::string attributes;
    for (const Node* attribute = node.first_attribute(); attribute != nullptr;
         attribute = attribute->next_sibling()) {
      attributes += ' ';
      attributes += qualified(attribute->name(), false, declarations);
      attributes += "=\"";
      append_escaped(attributes, attribute->value(), true);
      attributes += '"';
    }
    out_ += fmt::format("<{}{}{}", name, declarations, attributes);
    const bool has_value = choice == SerialiseChoice::kWhole && !node.value().empty();
    if (node.first_child() == nullptr && !has_value) {
      out_ += "/>";
    } else {
      out_ += '>';
      if (node.first_child() == nullptr) {
        append_escaped(out_, node.value(), false);
      } else {
        write_children(node);
      }
      out_ += fmt::format("</{}>", name);
    }
    scope_.resize(mark);
  }

  [[nodiscard]] const std::string* uri_in_scope(std::string_view prefix) const {
    const auto found = std::find_if(scope_.rbegin(), scope_.rend(),
                                    [prefix](const auto& entry) { return entry.first == prefix; });
    return found == scope_.rend() ? nullptr : &found->second;
  }

  // The name as it must be written here; what has to be declared for it goes to `declarations`.
  std::string qualified(NameId name, bool element, std::string& declarations) {
    const std::string_view uri = names_.uri(name);
    const std::string_view local = names_.local(name);
    if (!element && uri.empty()) return std::string(local);
    for (auto entry = scope_.rbegin(); entry != scope_.rend(); ++entry) {
      if (entry->second != uri || (!element && entry->first.empty())) continue;
      if (*uri_in_scope(entry->first) != uri) continue;  // shadowed
      return join(entry->first, local);
    }
    const std::string prefix = choose_prefix(uri, element);
    scope_.emplace_back(prefix, uri);
    declarations += prefix.empty() ? " xmlns=\"" : fmt::format(" xmlns:{}=\"", prefix);
    append_escaped(declarations, uri, true);
    declarations += '"';
    return join(prefix, local);
  }

  std::string choose_prefix(std::string_view uri, bool element) {
    if (uri.empty()) return "";
    for (const auto& [known_uri, prefix] : document_.prefixes()) {
      if (known_uri == uri && (element || !prefix.empty()) &&
          (prefix.empty() || uri_in_scope(prefix) == nullptr)) {
        return prefix;
      }
    }
    if (element) return "";
    std::string made;
    do {
      made = fmt::format("ns{}", ++made_prefixes_);
    } while (uri_in_scope(made) != nullptr);
    return made;
  }

  static std::string join(std::string_view prefix, std::string_view local) {
    return prefix.empty() ? std::string(local) : fmt::format("{}:{}", prefix, local);
  }

  const Document& document_;
  const NameTable& names_;
  const SerialiseOptions& options_;
  std::vector<std::pair<std::string, std::string>> scope_;
  int made_prefixes_ = 0;
  std::string out_;
};

}  // namespace

std::string serialise(const Document& document, const Node& node, const SerialiseOptions& options) {
  Writer writer(document, options);
  writer.write(node);
  return writer.take();
}

}  // namespace vigil::forms
