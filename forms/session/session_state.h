// SPDX-License-Identifier: Apache-2.0
//
// The inside of a FormSession. The answers are the values of a Document; beside each node stands an
// Entry with what the engine knows of it. Changes are worked off through a queue of rules in the
// order of the definition's graph. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/session/session.h"
#include "forms/session/session_entry.h"
#include "forms/xform/form.h"

namespace vigil::forms {

// The refusal to change what was opened as it was sent.
[[nodiscard]] std::unexpected<Error> was_sent();

class Session final : public FormSession, public ExpressionHost {
 public:
  Session(std::shared_ptr<const Form> form, SessionHost& host, const SessionOptions& options);

  [[nodiscard]] Status open(const SessionOptions& options);

  [[nodiscard]] const FormDefinition& form() const override { return *form_; }
  [[nodiscard]] Result<Change> set(std::string_view ref, std::string_view value) override;
  [[nodiscard]] Result<std::optional<Violation>> would_violate(std::string_view ref,
                                                               std::string_view value) override;
  [[nodiscard]] Result<Change> add_repeat(std::string_view ref) override;
  [[nodiscard]] Result<Change> remove_repeat(std::string_view ref) override;
  [[nodiscard]] Result<Change> set_language(std::string_view name) override;
  [[nodiscard]] const std::string& language() const override;
  void set_decimal_mark(char mark) override { decimal_mark_ = mark; }
  [[nodiscard]] Result<NodeState> node(std::string_view ref) const override;
  [[nodiscard]] std::vector<NodeState> state() const override;
  [[nodiscard]] std::vector<NodeState> violations() const override;
  [[nodiscard]] Change clock_moved() override;
  [[nodiscard]] Result<Evaluation> evaluate(std::string_view expression,
                                            std::string_view context_ref) const override;
  [[nodiscard]] std::string instance_xml() const override;
  [[nodiscard]] std::string submission_xml(SubmissionPart part) override;
  [[nodiscard]] std::string instance_id() const override;
  [[nodiscard]] const std::vector<std::string>& not_restored() const override {
    return not_restored_;
  }
  [[nodiscard]] const std::string& opening_problem() const override { return opening_problem_; }

  // ExpressionHost
  [[nodiscard]] WallTime now() const override { return host_.now(); }
  [[nodiscard]] int utc_offset_minutes(WallTime time) const override {
    return host_.utc_offset_minutes(time);
  }
  [[nodiscard]] std::uint64_t random_bits() override { return host_.random_bits(); }
  [[nodiscard]] const Node* instance(std::string_view id) const override;
  [[nodiscard]] std::optional<std::string> itext(std::string_view id) const override;
  [[nodiscard]] std::optional<std::string> choice_label(std::string_view value,
                                                        std::string_view path,
                                                        const Node* context) const override;
  [[nodiscard]] std::string property(std::string_view name) const override {
    return host_.property(name);
  }
  [[nodiscard]] std::string form_version() const override { return form_->version(); }
  void worked(std::size_t nodes) override { evaluations_ += nodes / kNodesOfOneEvaluation; }

 private:
  using OrderKey = std::vector<std::uint32_t>;

  // refs.cpp
  [[nodiscard]] Result<Place> find(std::string_view ref) const;
  [[nodiscard]] std::string ref_of(const Node& node) const;
  [[nodiscard]] std::string range_ref(const Node& parent, SchemaIndex repeat) const;
  [[nodiscard]] OrderKey order_key(const Node& node) const;
  [[nodiscard]] const SchemaNode& schema(const Node& node) const {
    return form_->schema[node.bind];
  }
  [[nodiscard]] Entry& entry(const Node& node) { return entries_[node.slot]; }
  [[nodiscard]] const Entry& entry(const Node& node) const { return entries_[node.slot]; }
  // The node of `target` nearest to `from`: shared ancestors are kept, then first instances.
  [[nodiscard]] Node* nearest(const Node& from, SchemaIndex target) const;
  template <typename Visit>
  void each_instance(Node& top, SchemaIndex target, const Visit& visit) const;
  [[nodiscard]] static Node* child_of(const Node& parent, const SchemaNode& child);
  template <typename Visit>
  void each_child_instance(Node& parent, SchemaIndex child, const Visit& visit) const;

  // restore.cpp
  [[nodiscard]] Status fill_from(std::string_view xml);
  [[nodiscard]] Result<std::unique_ptr<Document>> read_saved(std::string_view xml) const;
  [[nodiscard]] Status open_sent(const SessionOptions& options);
  void fill_rest(Node& node, const Node& saved);
  static void leave_out(Node& node);
  void fill_node(Node& node, const Node& saved, const std::string& ref);
  void fill_repeat(Node& parent, SchemaIndex repeat, const std::vector<const Node*>& saved);
  void note_lost(const Node& saved, const std::string& ref);

  // metadata.cpp
  void preload_new();
  void preload(Node& node);
  void stamp_end();
  void prepare_edit();
  [[nodiscard]] std::string new_uuid();
  [[nodiscard]] std::string local_time_text(WallTime time) const;
  void ensure_instance_id();

  // recompute.cpp
  [[nodiscard]] bool calculates_truth(const Node& node) const;
  void register_subtree(Node& node);
  void release_subtree(Node& node);
  void enqueue(RuleIndex rule, Node& node);
  void enqueue_own_rules(Node& node, bool with_relevance);
  void enqueue_subtree(Node& node);
  void enqueue_list(const std::vector<Dependent>& list, const Node& changed);
  void enqueue_everywhere(RuleIndex rule);
  void settle();
  void drain();
  void run_rule(RuleIndex rule, Node& node);
  void run_calculation(const Rule& rule, Node& node);
  void run_count(const Rule& rule, Node& parent);
  void write_value(Node& node, std::string_view value);
  void value_changed(Node& node);
  void apply_relevance(Node& node, bool parent_relevant);
  void apply_readonly(Node& node, bool parent_readonly);
  void check_validity(Node& node);
  [[nodiscard]] std::uint8_t validity(const Node& node) const;
  void mark_changed(Node& node);
  [[nodiscard]] EvaluationContext context_of(const Node& node) const;
  [[nodiscard]] bool exhausted(const Node& node) const;
  void problem(const Node& node, const char* what, const Error& error) const;

  // actions.cpp
  void fire(std::uint8_t event, SchemaIndex source, Node* node);
  void run_action(const Action& action, Node* source);
  void perform(const Action& action, Node& target);

  // repeats.cpp
  [[nodiscard]] std::size_t instance_count(const Node& parent, SchemaIndex repeat) const;
  // `last` is the last instance there is, where the caller knows it.
  Node& add_instance(Node& parent, SchemaIndex repeat, const Node& pattern, Node* last = nullptr);
  void remove_instance(Node& node);
  void renumber(Node& parent, SchemaIndex repeat);
  [[nodiscard]] const Node* pattern_for(SchemaIndex repeat, std::size_t position) const;
  void complete_repeats(Node& node);

  // itemsets.cpp
  void refresh_choices(Node& node);
  void apply_offer(Node& node, const Offer& offer);
  [[nodiscard]] std::shared_ptr<const Offer> make_offer(const Node& node,
                                                        const Itemset& itemset) const;
  [[nodiscard]] std::shared_ptr<const Offer> offer_of(const Node& node) const;
  void set_aside_restored();
  [[nodiscard]] bool is_offered(const Node& node, std::string_view value) const;
  // A multiple answer's values in the order of the choices; others as they are.
  [[nodiscard]] std::string in_choice_order(const Node& node, const std::string& value) const;
  [[nodiscard]] std::vector<Choice> choices_of(const Node& node) const;

  // labels.cpp; `mark` stands before the fractions of numbers. Choices keep the point: an
  // expression may ask for their words (jr:choice-name) and make an answer of them.
  [[nodiscard]] std::string text_of(const TextSource& text, TextForm form, const Node& context,
                                    char mark = '.') const;
  [[nodiscard]] std::string text_of_id(std::uint32_t id, TextForm form, const Node& context,
                                       char mark = '.') const;
  [[nodiscard]] std::string render(const TextParts& parts, const Node& context, char mark) const;
  [[nodiscard]] bool shows_number(const Expression& output, const Node& context) const;

  // state.cpp
  [[nodiscard]] NodeState state_of(const Node& node) const;
  [[nodiscard]] NodeState state_of_range(const Node& parent, SchemaIndex repeat) const;
  [[nodiscard]] bool range_relevant(const Node& parent, SchemaIndex repeat) const;
  void describe_control(const SchemaNode& node, const Node& context, bool repeat,
                        NodeState& state) const;
  [[nodiscard]] std::optional<Violation> violation_of(const Node& node, std::uint8_t kind) const;
  void append_states(const Node& node, std::vector<NodeState>& out) const;
  [[nodiscard]] Change take_change();
  void forget_changes();
  void begin_operation();

  std::shared_ptr<const Form> form_;
  SessionHost& host_;
  bool wrong_values_clear_ = false;
  bool answer_irrelevant_ = false;
  std::unique_ptr<Document> document_;
  std::unique_ptr<Document> last_saved_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> free_entries_;
  std::size_t language_ = 0;
  char decimal_mark_ = '.';
  std::vector<std::string> not_restored_;
  std::string opening_problem_;
  bool restored_ = false;
  bool sent_ = false;  // opened to be read; no rule runs

  std::vector<std::vector<std::uint32_t>> waiting_;  // by rule: slots
  std::priority_queue<RuleIndex, std::vector<RuleIndex>, std::greater<>> queue_;
  std::size_t evaluations_ = 0;
  std::size_t actions_run_ = 0;
  std::vector<std::uint32_t> to_check_;
  // xforms-value-changed and odk-new-repeat, waiting until values have settled.
  std::vector<std::pair<std::uint8_t, std::uint32_t>> events_;
  std::vector<std::vector<std::uint32_t>> actions_by_source_;  // by SchemaIndex
  bool events_live_ = false;
  mutable std::optional<Error> first_problem_;

  std::vector<std::uint32_t> changed_;
  std::vector<std::pair<std::uint32_t, SchemaIndex>> changed_ranges_;
  std::vector<std::string> removed_;

  std::unordered_map<std::uint32_t, std::shared_ptr<const Offer>> offers_;  // by slot
  mutable std::vector<std::shared_ptr<const Offer>> fixed_offers_;          // by itemset
  // Answers kept though not offered at present, by slot.
  std::unordered_map<std::uint32_t, std::string> withheld_;
};

template <typename Visit>
void Session::each_child_instance(Node& parent, SchemaIndex child, const Visit& visit) const {
  const SchemaNode& wanted = form_->schema[child];
  Node* node = child_of(parent, wanted);
  if (!wanted.is_repeat) {
    if (node != nullptr) visit(*node);
    return;
  }
  while (node != nullptr) {
    Node* next = node->next_sibling();
    if (node->bind == child) visit(*node);
    node = next != nullptr && next->bind == child ? next : nullptr;
  }
}

template <typename Visit>
void Session::each_instance(Node& top, SchemaIndex target, const Visit& visit) const {
  if (top.bind == target) {
    visit(top);
    return;
  }
  // One step of the way down; the depth of a form is small.
  SchemaIndex step = target;
  while (form_->schema[step].parent != top.bind) step = form_->schema[step].parent;
  each_child_instance(top, step, [&](Node& child) { each_instance(child, target, visit); });
}

}  // namespace vigil::forms
