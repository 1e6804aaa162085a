// SPDX-License-Identifier: Apache-2.0
//
// The inside of a FormDefinition: what load_xform() makes of an XForm and what a session reads.
// Everything is addressed by index, so a session holds small numbers instead of pointers.
// Immutable once loaded; any thread may read it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/expression/expression.h"
#include "forms/tree/tree.h"
#include "forms/xform/definition.h"

namespace vigil::forms {

using SchemaIndex = std::uint32_t;      // a node of the primary instance, repeats counted once
using ExpressionIndex = std::uint32_t;  // into Form::expressions
using RuleIndex = std::uint32_t;        // into Form::rules, which are in the order of evaluation
inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

// A text with <output value="..."/> in it: each part is a literal or an expression.
struct TextPart {
  std::string literal;
  ExpressionIndex output = kNone;
};
using TextParts = std::vector<TextPart>;

// The `form` attribute of an itext value; a value without one is kPlain (as is form="long").
enum class TextForm : std::uint8_t { kPlain, kShort, kGuidance, kImage, kBigImage, kAudio, kVideo };

struct Translation {
  std::string language;
  // By text id (Form::text_ids): the forms given for it.
  std::vector<std::vector<std::pair<TextForm, TextParts>>> texts;
};

// Where a label, hint or message comes from.
struct TextSource {
  enum class Kind : std::uint8_t {
    kNothing,
    kInline,           // `parts`
    kItext,            // jr:itext('id'), `text_id`
    kItextExpression,  // jr:itext(expression): `expression` gives the id
    kExpression,       // ref="path": `expression` gives the text
  };
  Kind kind = Kind::kNothing;
  std::uint32_t text_id = kNone;
  ExpressionIndex expression = kNone;
  TextParts parts;
};

struct StaticChoice {
  std::string value;
  TextSource label;
};

struct Itemset {
  ExpressionIndex nodes = kNone;
  ExpressionIndex value = kNone;
  // The item's child that holds the value, when `value` is nothing but its name; else 0.
  LocalId value_child = 0;
  TextSource label;
  LocalId label_child = 0;    // the same for a label given by name
  bool from_answers = false;  // what is offered depends on the primary instance
  bool in_answers = false;    // the items themselves are nodes of the primary instance
};

// A body element bound to a node.
struct Control {
  std::string element;  // input, select, select1, rank, upload, range, trigger, group, repeat, ...
  SchemaIndex node = kNone;
  TextSource label;
  TextSource hint;
  std::vector<std::string> appearances;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<StaticChoice> choices;
  std::uint32_t itemset = kNone;  // into Form::itemsets
  bool sources = false;           // vigil:sources

  [[nodiscard]] bool offers_choices() const {
    return element == "select" || element == "select1" || element == "rank";
  }
};

// What a rule decides about its node.
enum class Aspect : std::uint8_t {
  kRelevant,
  kCount,  // how many instances a repeat has
  kCalculate,
  kChoices,
  kReadonly,
  kRequired,
  kConstraint,
  kText,  // a label, hint or message with an answer in it
};
inline constexpr std::size_t kAspects = 8;

// Bind types, as far as they decide what values a node may hold.
enum class DataType : std::uint8_t {
  kString,
  kInt,
  kDecimal,
  kBoolean,
  kDate,
  kTime,
  kDateTime,
  kGeopoint,
  kGeotrace,
  kGeoshape,
  kBinary,
};

// A node of the primary instance. Indices are in document order, so a subtree is the range
// [own index, end).
struct SchemaNode {
  NameId name = kNoName;
  LocalId local = 0;
  SchemaIndex parent = kNone;
  SchemaIndex end = 0;
  SchemaIndex repeat = kNone;  // the nearest repeat at or above
  std::uint32_t depth = 0;
  std::string path;  // "/data/person/age"
  std::string step;  // "/age", with its prefix
  std::vector<SchemaIndex> children;
  bool attribute = false;
  bool leaf = true;

  // Repeats.
  bool is_repeat = false;
  bool fixed = false;  // jr:noAddRemove, or siblings of one name that no <repeat> names
  const Node* repeat_template = nullptr;
  // The relevance of an instance as it reads at the parent, for when there is no instance yet.
  ExpressionIndex relevant_at_parent = kNone;
  std::vector<const Node*> defaults;  // the instances the model has, by position

  // Bind.
  DataType type = DataType::kString;
  std::string type_name = "string";
  bool readonly_always = false;
  TextSource constraint_message;
  TextSource required_message;
  std::string preload;
  std::string preload_parameter;
  int sensitivity = 1;  // own where stated, else the parent's; never below what it is made from
  bool sensitivity_stated = false;
  std::string standard;
  std::string limit;

  std::uint32_t control = kNone;  // question, or group
  std::uint32_t repeat_control =
      kNone;  // the <repeat> of a repeat; `control` may be a group around
  std::array<RuleIndex, kAspects> rules{kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone};
};

// One expression that decides one aspect of all instances of one node.
struct Rule {
  SchemaIndex target = kNone;
  Aspect aspect = Aspect::kCalculate;
  ExpressionIndex expression = kNone;  // kNone for kChoices and kText, which have several
  bool position = false;               // hangs on where its repeat instance stands
  bool siblings = false;               // reads other instances of its own node
  bool own_content = false;            // a group's relevance that reads what is in the group
};

// `rule` must be asked again when an instance of some node changes: for its targets below the
// nearest ancestor that is an instance of `shared` (kNone: all of them).
struct Dependent {
  RuleIndex rule = kNone;
  SchemaIndex shared = kNone;
  friend bool operator==(const Dependent&, const Dependent&) = default;
};

enum EventMask : std::uint8_t {
  kEventFirstLoad = 1,     // odk-instance-first-load
  kEventLoad = 2,          // odk-instance-load
  kEventNewRepeat = 4,     // odk-new-repeat
  kEventValueChanged = 8,  // xforms-value-changed
};

struct Action {
  std::uint8_t events = 0;
  SchemaIndex target = kNone;  // kNone: `target_path` has to be evaluated
  ExpressionIndex target_path = kNone;
  ExpressionIndex value = kNone;  // kNone: `text`
  std::string text;
  SchemaIndex source = kNone;          // the question or repeat it is written in
  bool only_where_host_knows = false;  // odk:setgeopoint: the value is not ours to compute
};

class Form final : public FormDefinition {
 public:
  Form();

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] const std::string& version() const override { return version_; }
  [[nodiscard]] const std::string& title() const override { return title_; }
  [[nodiscard]] const std::string& title_in(std::string_view language) const override;
  [[nodiscard]] const std::vector<std::string>& languages() const override { return languages_; }
  [[nodiscard]] const std::string& xml() const override { return xml_; }
  [[nodiscard]] const std::vector<std::string>& warnings() const override { return warnings_; }

  // kNone where there is no node of that path (repeats without [n]).
  [[nodiscard]] SchemaIndex find(std::string_view path) const;

  std::string id_, version_, title_, xml_;
  std::vector<std::string> languages_;
  std::vector<std::string> titles_;  // in the order of languages_; "" where there is none
  std::vector<std::string> warnings_;

  std::shared_ptr<NameTable> names;
  // The primary instance as a new session starts with, Node::bind set; repeat templates are
  // detached from it.
  std::unique_ptr<Document> primary;
  std::vector<std::pair<std::string, std::unique_ptr<Document>>> secondary;  // by id, frozen
  bool uses_last_saved = false;
  std::string last_saved_id;

  std::vector<SchemaNode> schema;
  std::unordered_map<std::string, SchemaIndex> schema_by_path;
  SchemaIndex meta = kNone;
  SchemaIndex instance_id = kNone;
  SchemaIndex deprecated_id = kNone;

  std::vector<Control> controls;
  std::vector<Itemset> itemsets;
  std::vector<Action> actions;

  std::unordered_map<std::string, std::uint32_t> text_ids;
  std::vector<Translation> translations;  // in the order of languages_

  std::vector<Expression> expressions;
  std::vector<std::pair<std::string, std::string>> namespaces;  // prefix, uri

  std::vector<Rule> rules;
  std::vector<std::vector<Dependent>> dependents;  // by SchemaIndex: of its value
  std::vector<std::vector<Dependent>> structural;  // by SchemaIndex of a repeat: of its instances
  std::vector<RuleIndex> position_rules;           // hang on where a repeat instance stands
  std::vector<RuleIndex> clock_rules;
  std::vector<RuleIndex> language_rules;
};

}  // namespace vigil::forms
