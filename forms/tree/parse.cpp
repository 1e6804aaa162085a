// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <pugixml.hpp>

#include <fmt/format.h>

#include "core/base/bytes.h"
#include "forms/tree/escape.h"
#include "forms/tree/tree.h"

namespace vigil::forms {
namespace {

// Attributes of one element, and namespaces of a document and in force at one place: each is looked
// for by going through them. A form has some ten of each.
constexpr std::size_t kMaxAttributes = 1'000;
constexpr std::size_t kMaxNamespaces = 256;

constexpr std::string_view kXmlUri = "http://www.w3.org/XML/1998/namespace";

struct Split {
  std::string_view prefix;
  std::string_view local;
  bool has_prefix;
};

Split split_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {.prefix = {}, .local = name, .has_prefix = false};
  return {.prefix = name.substr(0, colon), .local = name.substr(colon + 1), .has_prefix = true};
}

// pugixml lets names begin with a colon and have several; written again they would be others.
bool is_part_of_name(std::string_view part) {
  return !part.empty() && part.find(':') == std::string_view::npos &&
         std::string_view("-.0123456789").find(part.front()) == std::string_view::npos;
}

std::unexpected<Error> no_name() {
  return fail(ErrorKind::kInvalid, "xml.name",
              "the XML names an element or attribute as XML does not allow: a name begins with a "
              "letter or _ and has one colon at most");
}

bool is_declaration(std::string_view attribute) {
  return attribute == "xmlns" || attribute.starts_with("xmlns:");
}

bool blank_with_newline(std::string_view text) {
  return text.find('\n') != std::string_view::npos &&
         text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Turns pugixml's tree into ours, walking without recursion.
class Conversion {
 public:
  Conversion(Document& document, TextNodes text) : document_(document), text_(text) {
    scope_.emplace_back("xml", kXmlUri);
  }

  Status run(const pugi::xml_node& source) {
    pugi::xml_node at = source.first_child();
    Node* parent = &document_.root();
    while (at) {
      Node* made = nullptr;
      VIGIL_TRY(add(at, *parent, made));
      if (made != nullptr && made->kind() == NodeKind::kElement) {
        if (at.first_child()) {
          if (++depth_ > kMaxDocumentDepth) {
            return fail(ErrorKind::kInvalid, "xml.depth",
                        fmt::format("the XML nests deeper than {} levels", kMaxDocumentDepth));
          }
          parent = made;
          at = at.first_child();
          continue;
        }
        leave(*made);
      }
      while (!at.next_sibling()) {
        at = at.parent();
        if (at == source) return {};
        Node* left = parent;
        parent = left->parent();
        --depth_;
        leave(*left);
      }
      at = at.next_sibling();
    }
    return {};
  }

 private:
  Status add(const pugi::xml_node& at, Node& parent, Node*& made) {
    switch (at.type()) {
      case pugi::node_element:
        return add_element(at, parent, made);
      case pugi::node_pcdata:
      case pugi::node_cdata:
        add_text(at.value(), parent);
        return {};
      case pugi::node_comment:
        if (text_ == TextNodes::kKept) {
          document_.append(parent, document_.create_text(NodeKind::kComment, at.value()));
        }
        return {};
      case pugi::node_pi:
        if (text_ == TextNodes::kKept) {
          document_.append(parent, document_.create_instruction(at.name(), at.value()));
        }
        return {};
      case pugi::node_doctype:
        return check_doctype(at.value());
      default:
        return {};
    }
  }

  // pugixml expands no entity and fetches nothing, so for plain XPath a DOCTYPE is only passed
  // over; yet one that declares entities means a text other than what is read here.
  [[nodiscard]] Status check_doctype(std::string_view declaration) const {
    if (text_ == TextNodes::kKept && declaration.find("<!ENTITY") == std::string_view::npos) {
      return {};
    }
    return fail(ErrorKind::kInvalid, "xml.doctype",
                "the XML has a DOCTYPE, which is refused because entities can be declared in it; "
                "remove that line");
  }

  // pugixml passes control characters that XML cannot hold; kept, they would be written as nothing.
  void add_text(std::string_view read, Node& parent) {
    if (parent.kind() == NodeKind::kDocument) return;
    const std::string text = keep_xml_characters(read);
    if (text_ == TextNodes::kKept) {
      Node* last = parent.last_child();
      if (last != nullptr && last->kind() == NodeKind::kText) {
        document_.set_value(*last, last->value() + text);
      } else {
        document_.append(parent, document_.create_text(NodeKind::kText, text));
      }
    } else if (parent.first_child() == nullptr) {
      document_.set_value(parent, parent.value() + text);
    }
  }

  static std::unexpected<Error> too_many(std::string_view what, std::size_t bound) {
    return fail(ErrorKind::kInvalid, "xml.size",
                fmt::format("the XML is too large: more than {} {}", bound, what));
  }

  Status add_element(const pugi::xml_node& at, Node& parent, Node*& made) {
    scope_marks_.push_back(scope_.size());
    std::size_t attributes = 0;
    for (const pugi::xml_attribute attribute : at.attributes()) {
      if (++attributes > kMaxAttributes)
        return too_many("attributes of an element", kMaxAttributes);
      const std::string_view name = attribute.name();
      if (!is_declaration(name)) continue;
      if (scope_.size() >= kMaxNamespaces || document_.prefixes().size() >= kMaxNamespaces)
        return too_many("namespaces", kMaxNamespaces);
      const std::string_view prefix = name.size() > 6 ? name.substr(6) : std::string_view();
      if (name.size() > 5 && !is_part_of_name(prefix)) return no_name();
      scope_.emplace_back(prefix, attribute.value());
      document_.declare_prefix(attribute.value(), prefix);
    }
    VIGIL_ASSIGN(const NameId name, resolve(at.name(), true));
    if (text_ == TextNodes::kLeafValues && parent.kind() == NodeKind::kElement) {
      document_.set_value(parent, {});
    }
    made = &document_.create_element(name);
    document_.append(parent, *made);
    for (const pugi::xml_attribute attribute : at.attributes()) {
      if (is_declaration(attribute.name())) continue;
      VIGIL_ASSIGN(const NameId attribute_name, resolve(attribute.name(), false));
      (void)document_.set_attribute(*made, attribute_name, keep_xml_characters(attribute.value()));
    }
    return {};
  }

  void leave(Node& element) {
    scope_.resize(scope_marks_.back());
    scope_marks_.pop_back();
    if (text_ == TextNodes::kLeafValues && blank_with_newline(element.value())) {
      document_.set_value(element, {});
    }
  }

  Result<NameId> resolve(std::string_view name, bool element) {
    const Split split = split_name(name);
    if (!is_part_of_name(split.local) || (split.has_prefix && !is_part_of_name(split.prefix)))
      return no_name();
    std::string_view uri;
    if (element || !split.prefix.empty()) {
      const auto found = std::find_if(scope_.rbegin(), scope_.rend(), [&split](const auto& entry) {
        return entry.first == split.prefix;
      });
      if (found != scope_.rend()) {
        uri = found->second;
      } else if (!split.prefix.empty()) {
        return fail(ErrorKind::kInvalid, "xml.prefix",
                    fmt::format("the XML uses the prefix \"{}\" without declaring it (xmlns:{})",
                                split.prefix, split.prefix));
      }
    }
    return document_.names()->intern(uri, split.local);
  }

  Document& document_;
  TextNodes text_;
  std::vector<std::pair<std::string_view, std::string_view>> scope_;
  std::vector<std::size_t> scope_marks_;
  std::size_t depth_ = 0;
};

Status check_size(std::string_view xml) {
  const auto marks = static_cast<std::size_t>(
      std::count_if(xml.begin(), xml.end(), [](char c) { return c == '<' || c == '='; }));
  if (xml.size() <= kMaxDocumentBytes && marks <= kMaxDocumentMarks) return {};
  return fail(ErrorKind::kInvalid, "xml.size",
              fmt::format("the XML is too large: more than {} MiB or more than {} elements and "
                          "attributes",
                          kMaxDocumentBytes / 1024 / 1024, kMaxDocumentMarks));
}

Error syntax_error(std::string_view xml, const pugi::xml_parse_result& result) {
  const auto offset = std::min(static_cast<std::size_t>(result.offset), xml.size());
  const std::string_view before = xml.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? offset + 1 : offset - newline;
  return {ErrorKind::kInvalid, "xml.syntax",
          fmt::format("not well-formed XML at line {}, column {}: {}", line, column,
                      result.description())};
}

}  // namespace

Result<std::unique_ptr<Document>> parse_document(std::string_view xml,
                                                 std::shared_ptr<NameTable> names, TextNodes text) {
  VIGIL_TRY(check_size(xml));
  const unsigned int base = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                            pugi::parse_wconv_attribute | pugi::parse_doctype;
  const unsigned int options = text == TextNodes::kKept ? base | pugi::parse_ws_pcdata |
                                                              pugi::parse_comments | pugi::parse_pi
                                                        : base | pugi::parse_ws_pcdata_single;
  pugi::xml_document source;
  const pugi::xml_parse_result result = source.load_buffer(xml.data(), xml.size(), options);
  if (result.status == pugi::status_out_of_memory) {
    return fail(ErrorKind::kStorage, "xml.memory", "there is not enough memory to read the XML");
  }
  if (!result) return std::unexpected(syntax_error(xml, result));
  if (result.encoding == pugi::encoding_utf8 && !is_utf8(xml)) {
    return fail(ErrorKind::kInvalid, "xml.encoding",
                "the XML is not valid UTF-8; save it with the encoding UTF-8");
  }
  auto document = std::make_unique<Document>(std::move(names));
  VIGIL_TRY(Conversion(*document, text).run(source));
  if (document->root_element() == nullptr) {
    return fail(ErrorKind::kInvalid, "xml.syntax", "the XML has no root element");
  }
  return document;
}

}  // namespace vigil::forms
