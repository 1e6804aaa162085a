// SPDX-License-Identifier: Apache-2.0
//
// The document tree that expressions read: primary and secondary instances, and any XML given to
// `vigilctl xpath`. Names are interned, so a name test compares two integers; a leaf's value is a
// field of the node, so reading an answer follows no further pointer; an element with many children
// keeps an index of them by name, so a path step costs the same in a long form as in a short one.
//
// Ownership: a Document owns all its nodes; a Node pointer lives until that node (or an ancestor)
// is removed or the Document dies. Thread: a Document belongs to one thread until freeze(); after
// that any number of threads may read it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "forms/tree/names.h"

namespace vigil::forms {

enum class NodeKind : std::uint8_t {
  kDocument,
  kElement,
  kAttribute,
  kText,
  kComment,
  kInstruction,
};

// What an expression takes an element's value for when it compares (JavaRosa compares answers by
// the type of their bind: int and decimal as numbers). The session sets it; parsing leaves
// kUntyped.
enum class ValueKind : std::uint8_t { kUntyped, kText, kNumber, kBoolean };

class Document;
struct ChildIndex;
struct DocumentNode;

class Node;

// The child elements of one local name: the first, and how many there are in all.
struct ChildRun {
  const Node* first = nullptr;
  std::size_t count = 0;
};

// One node. Links are read here and changed only through Document.
class Node {
 public:
  static constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;

  explicit Node(NodeKind kind) : kind_(kind) {}
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  [[nodiscard]] NodeKind kind() const { return kind_; }
  [[nodiscard]] NameId name() const { return name_; }
  [[nodiscard]] LocalId local() const { return local_; }
  [[nodiscard]] Node* parent() { return parent_; }
  [[nodiscard]] const Node* parent() const { return parent_; }
  [[nodiscard]] Node* first_child() { return first_child_; }
  [[nodiscard]] const Node* first_child() const { return first_child_; }
  [[nodiscard]] Node* last_child() { return last_child_; }
  [[nodiscard]] const Node* last_child() const { return last_child_; }
  [[nodiscard]] Node* next_sibling() { return next_; }
  [[nodiscard]] const Node* next_sibling() const { return next_; }
  [[nodiscard]] Node* previous_sibling() { return previous_; }
  [[nodiscard]] const Node* previous_sibling() const { return previous_; }
  // Attributes are nodes of their own list: next_sibling() walks it. Namespace declarations are
  // not in it.
  [[nodiscard]] Node* first_attribute() { return first_attribute_; }
  [[nodiscard]] const Node* first_attribute() const { return first_attribute_; }

  // The text of a leaf element, attribute, text, comment or instruction; "" for elements that have
  // children (string_value() gathers those).
  [[nodiscard]] const std::string& value() const { return value_; }

  // First child element with that local name / that qualified name, else nullptr. Constant time.
  [[nodiscard]] const Node* child_by_local(LocalId local) const;
  [[nodiscard]] const Node* child_by_name(NameId name) const;
  [[nodiscard]] Node* child_by_local(LocalId local);
  [[nodiscard]] Node* child_by_name(NameId name);
  [[nodiscard]] ChildRun children_by_local(LocalId local) const;
  // The next sibling element with this node's local name, else nullptr.
  [[nodiscard]] const Node* next_same_local() const;
  // nullptr where the element has no such attribute.
  [[nodiscard]] const Node* attribute(NameId name) const;
  // From 1, among the siblings of the same qualified name: the [n] of a ref.
  [[nodiscard]] std::size_t position_among_same_name() const;

  // The session's own fields. Expressions read `relevant` (false: the node counts as absent) and
  // `value_kind`, nothing else.
  bool relevant = true;      // own and all ancestors'
  bool own_relevant = true;  // by its own bind alone
  ValueKind value_kind = ValueKind::kUntyped;
  std::uint32_t bind = kNoSlot;  // index of the definition's entry for this node
  std::uint32_t slot = kNoSlot;  // index of the session's entry for this node

 private:
  friend class Document;
  friend struct ChildIndex;

  NodeKind kind_;
  NameId name_ = kNoName;
  LocalId local_ = 0;
  mutable std::uint32_t order_ = 0;
  std::uint32_t children_ = 0;
  Node* parent_ = nullptr;
  Node* first_child_ = nullptr;
  Node* last_child_ = nullptr;
  Node* next_ = nullptr;
  Node* previous_ = nullptr;
  Node* first_attribute_ = nullptr;
  ChildIndex* index_ = nullptr;
  std::string value_;
};

// The XPath string-value: a leaf's value, else all text below in document order. The first form
// copies only where it must: the view is into the node or into `buffer`.
[[nodiscard]] std::string_view string_value(const Node& node, std::string& buffer);
[[nodiscard]] std::string string_value(const Node& node);

// The elements found under one key; valid until the frozen document dies.
using KeyMatches = std::vector<const Node*>;

class Document {
 public:
  explicit Document(std::shared_ptr<NameTable> names);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] const std::shared_ptr<NameTable>& names() const { return names_; }
  // The document node: what `/` and instance() answer. Its element child is the root element.
  [[nodiscard]] Node& root();
  [[nodiscard]] const Node& root() const;
  [[nodiscard]] Node* root_element();
  [[nodiscard]] const Node* root_element() const;
  // The document that `node` is in; nullptr for a detached subtree.
  [[nodiscard]] static const Document* of(const Node& node);

  // New nodes belong to this document but hang nowhere until inserted.
  [[nodiscard]] Node& create_element(NameId name, std::string_view value = {});
  [[nodiscard]] Node& create_text(NodeKind kind, std::string_view value);
  [[nodiscard]] Node& create_instruction(std::string_view target, std::string_view value);
  // A detached deep copy, session fields included. `source` may be of another document with the
  // same NameTable.
  [[nodiscard]] Node& copy(const Node& source);

  void append(Node& parent, Node& child);
  void insert_before(Node& next, Node& child);
  void insert_after(Node& previous, Node& child);
  // Takes the node out, keeping it (to be inserted elsewhere).
  void detach(Node& node);
  // Takes the node and all below it out and frees them.
  void remove(Node& node);
  // For leaves; no effect on structure. Cost: one string assignment.
  void set_value(Node& leaf, std::string_view value) { leaf.value_ = value; }
  // Adds or replaces.
  Node& set_attribute(Node& element, NameId name, std::string_view value);
  void remove_attribute(Node& element, NameId name);

  // Counts up with every insertion and removal of nodes.
  [[nodiscard]] std::uint64_t structure_revision() const { return revision_; }
  // Document order: negative where `a` comes first. Both in this document.
  [[nodiscard]] int compare_order(const Node& a, const Node& b) const;

  // From now on nothing changes and by_key() may be asked, from any thread.
  void freeze();
  [[nodiscard]] bool frozen() const { return frozen_; }
  // Children of `parent` with local name `item` that have a child with local name `key` (the empty
  // local name's id: the item itself) whose string-value is `value`, in document order; never
  // nullptr. The first call for a (parent, item, key) reads all items, later ones are a hash
  // look-up. Only for frozen documents.
  [[nodiscard]] const KeyMatches* by_key(const Node& parent, LocalId item, LocalId key,
                                         std::string_view value) const;

  // Prefixes for serialising, uri -> prefix, as the source declared them.
  void declare_prefix(std::string_view uri, std::string_view prefix);
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& prefixes() const {
    return prefixes_;
  }

 private:
  struct KeyIndexes;
  Node& allocate(NodeKind kind);
  void release(Node& node);
  void link(Node& parent, Node* previous, Node& child);
  void renumber() const;

  std::shared_ptr<NameTable> names_;
  std::deque<Node> pool_;
  std::vector<Node*> free_;
  std::unique_ptr<DocumentNode> root_;
  std::uint64_t revision_ = 0;
  mutable std::uint64_t numbered_revision_ = ~std::uint64_t{0};
  bool frozen_ = false;
  std::unique_ptr<KeyIndexes> keys_;
  std::vector<std::pair<std::string, std::string>> prefixes_;
};

// Limits of what parse_document accepts. 1,000 levels: no form nests 50; recursion over the tree
// stays far from the stack's end. Marks are '<' and '=': an element costs about 200 bytes here, so
// this many keep the whole parse under 256 MiB.
inline constexpr std::size_t kMaxDocumentDepth = 1000;
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{32} * 1024 * 1024;
inline constexpr std::size_t kMaxDocumentMarks = 1'000'000;

enum class TextNodes {
  kLeafValues,  // instances: a leaf's text is its value(); white space and comments are dropped
  kKept,        // plain XPath: text, comments and instructions are nodes, elements have no value()
};

// Parses XML. Fails kInvalid: "xml.doctype" (a DOCTYPE; with kKept only one that declares
// entities), "xml.depth", "xml.size", "xml.encoding", "xml.syntax" (with line and column),
// "xml.prefix" (not declared).
[[nodiscard]] Result<std::unique_ptr<Document>> parse_document(std::string_view xml,
                                                               std::shared_ptr<NameTable> names,
                                                               TextNodes text);

enum class SerialiseChoice {
  kWhole,
  kWithoutValue,  // the element, attributes and children, but not its own text
  kDrop,          // nor anything below it
};

struct SerialiseOptions {
  bool xml_declaration = false;
  // Asked once an element, parents first; none: everything.
  std::function<SerialiseChoice(const Node&)> choose;
};

// XML of `node` and all below it (a document node: its children). Namespaces are declared where
// first needed, with the document's prefixes. parse(serialise(x)) equals x.
[[nodiscard]] std::string serialise(const Document& document, const Node& node,
                                    const SerialiseOptions& options = {});

// Positional path: "/*[1]/*[2]", "/*[1]/@name", "/*[1]/text()[1]"; "/" for a document node.
[[nodiscard]] std::string positional_path(const Node& node);
// The reverse; nullptr where nothing is there or `path` is not of that form.
[[nodiscard]] const Node* node_at(const Node& root, std::string_view path);

}  // namespace vigil::forms
