// SPDX-License-Identifier: Apache-2.0
//
// Which rule must be asked again when which node changes, and in which order. References are
// generic: a node stands for all its instances, and an edge says up to which ancestor the instance
// is shared, so an answer in one repeat instance touches that instance alone.
#include <algorithm>
#include <queue>

#include <fmt/format.h>

#include "forms/xform/loader.h"
#include "forms/xform/sensitivity.h"

namespace vigil::forms {
namespace {

class GraphBuilder {
 public:
  explicit GraphBuilder(Loader& loader) : form_(loader.form), finder_(loader.form) {}

  Status build() {
    add_choice_rules();
    add_text_rules();
    rules_ = std::move(form_.rules);
    reads_.resize(rules_.size());
    std::size_t total = 0;
    for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
      read_rule(rule);
      total += reads_[rule].size();
      if (total > kMaxReads)
        return fail(ErrorKind::kInvalid, "xform.size",
                    "The expressions of the form name too many nodes: name them one by one "
                    "instead of with * or //.");
    }
    VIGIL_TRY(order());
    spread_sensitivity(rules_, reads_, finder_, form_);
    publish();
    return {};
  }

 private:
  // Two million: forty reads for each node of the largest form we know of.
  static constexpr std::size_t kMaxReads = 2'000'000;
  static constexpr std::size_t kMaxWarnings = 20;

  void add_rule(SchemaIndex target, Aspect aspect) {
    Rule rule;
    rule.target = target;
    rule.aspect = aspect;
    form_.rules.push_back(rule);
  }

  void add_choice_rules() {
    for (const Control& control : form_.controls) {
      if (control.itemset == kNone || form_.schema[control.node].control == kNone) continue;
      if (&form_.controls[form_.schema[control.node].control] != &control) continue;
      Itemset& itemset = form_.itemsets[control.itemset];
      const std::vector<Read> reads = reads_of_itemset(control.node, itemset);
      itemset.from_answers = !reads.empty() || form_.expressions[itemset.nodes].volatility().clock;
      add_rule(control.node, Aspect::kChoices);
    }
  }

  void add_text_rules() {
    for (SchemaIndex index = 0; index < form_.schema.size(); ++index) {
      std::vector<ExpressionIndex> outputs;
      collect_outputs(index, outputs);
      if (!outputs.empty()) add_rule(index, Aspect::kText);
    }
  }

  void collect_outputs(SchemaIndex index, std::vector<ExpressionIndex>& out) const {
    const SchemaNode& node = form_.schema[index];
    collect_outputs(node.constraint_message, out);
    collect_outputs(node.required_message, out);
    for (const std::uint32_t control : {node.control, node.repeat_control}) {
      if (control == kNone) continue;
      collect_outputs(form_.controls[control].label, out);
      collect_outputs(form_.controls[control].hint, out);
      for (const StaticChoice& choice : form_.controls[control].choices)
        collect_outputs(choice.label, out);
    }
  }

  void collect_outputs(const TextSource& text, std::vector<ExpressionIndex>& out) const {
    if (text.expression != kNone) out.push_back(text.expression);
    const auto parts = [&out](const TextParts& list) {
      for (const TextPart& part : list)
        if (part.output != kNone) out.push_back(part.output);
    };
    parts(text.parts);
    if (text.kind != TextSource::Kind::kItext) return;
    for (const Translation& translation : form_.translations)
      for (const auto& form : translation.texts[text.text_id]) parts(form.second);
  }

  // The items' value and label are read below each item.
  std::vector<Read> reads_of_itemset(SchemaIndex context, Itemset& itemset) const {
    std::vector<Read> out;
    const Expression& nodes = form_.expressions[itemset.nodes];
    finder_.append(context, nodes, out);
    std::vector<Read> items;
    for (const Reference& reference : nodes.references()) {
      if (reference.in_predicate || reference.start == Reference::Start::kInstance) continue;
      const std::vector<Read> found = finder_.resolve(context, reference, false);
      items.insert(items.end(), found.begin(), found.end());
    }
    itemset.in_answers = !items.empty();
    for (const Read& item : items)
      for (const ExpressionIndex index : {itemset.value, itemset.label.expression}) {
        if (index == kNone) continue;
        for (const Reference& reference : form_.expressions[index].references())
          for (Read read : finder_.resolve(item.node, reference, false)) {
            read.shared = item.shared;
            out.push_back(read);
          }
      }
    return out;
  }

  void read_rule(std::size_t index) {
    Rule& rule = rules_[index];
    std::vector<Read>& reads = reads_[index];
    // A count is asked where the instances hang, for there may be none of them.
    const SchemaIndex context =
        rule.aspect == Aspect::kCount ? form_.schema[rule.target].parent : rule.target;
    const auto expression = [&](ExpressionIndex at) {
      finder_.append(context, form_.expressions[at], reads);
      rule.position = rule.position || form_.expressions[at].volatility().position;
    };
    if (rule.aspect == Aspect::kChoices) {
      Itemset& itemset = form_.itemsets[form_.controls[form_.schema[rule.target].control].itemset];
      reads = reads_of_itemset(rule.target, itemset);
      rule.position = form_.expressions[itemset.nodes].volatility().position;
    } else if (rule.aspect == Aspect::kText) {
      std::vector<ExpressionIndex> outputs;
      collect_outputs(rule.target, outputs);
      for (const ExpressionIndex output : outputs) expression(output);
    } else {
      expression(rule.expression);
      warn_of_nothing(index, context);
    }
    for (const Read& read : reads) {
      rule.siblings = rule.siblings || read.node == rule.target;
      rule.own_content = rule.own_content || reads_content(rule, read.node);
    }
  }

  // A path that leads to no node is always empty. Mostly it was to be a text, a question or a call:
  // yes for 'yes', today for today().
  void warn_of_nothing(std::size_t index, SchemaIndex context) {
    const Rule& rule = rules_[index];
    if (rule.aspect == Aspect::kChoices || rule.aspect == Aspect::kText) return;
    for (const Reference& reference : form_.expressions[rule.expression].references()) {
      if (reference.start == Reference::Start::kInstance || reference.steps.empty()) continue;
      const Reference::Step& last = reference.steps.back();
      if (last.axis != Reference::Axis::kChild || last.any_name || reference.in_predicate) continue;
      if (!finder_.resolve(context, reference, false).empty()) continue;
      if (++warned_of_nothing_ > kMaxWarnings) return;
      form_.warnings_.push_back(fmt::format(
          "An expression of {} reads \"{}\", which is no question there and always empty: a text "
          "stands in quotes, a question is ${{its_name}}, a function has parentheses.",
          form_.schema[rule.target].path, form_.names->local_text(last.local)));
    }
  }

  // Whether a group applies may hang on an answer in it: no circle, for the answer is kept and read
  // as it is.
  bool reads_content(const Rule& rule, SchemaIndex node) const {
    return rule.aspect == Aspect::kRelevant && node > rule.target &&
           node < form_.schema[rule.target].end;
  }

  // Rules that decide what others read of `node`: its value and whether it is there.
  template <typename Visit>
  void visit_producers(SchemaIndex node, const Visit& visit) const {
    for (const RuleIndex rule : by_target_[node]) {
      const Aspect aspect = rules_[rule].aspect;
      if (aspect == Aspect::kCalculate || aspect == Aspect::kRelevant) visit(rule, true);
      if (aspect == Aspect::kChoices || aspect == Aspect::kCount) visit(rule, false);
    }
    for (SchemaIndex at = form_.schema[node].parent; at != kNone; at = form_.schema[at].parent)
      for (const RuleIndex rule : by_target_[at]) {
        if (rules_[rule].aspect == Aspect::kRelevant) visit(rule, true);
        if (rules_[rule].aspect == Aspect::kCount) visit(rule, false);
      }
  }

  // Topological order. Hard edges must not close a circle; soft ones (choices, repeat counts,
  // other repeat instances) only say what is better asked first.
  Status order() {
    const std::size_t count = rules_.size();
    by_target_.resize(form_.schema.size());
    for (std::size_t rule = 0; rule < count; ++rule)
      by_target_[rules_[rule].target].push_back(static_cast<RuleIndex>(rule));
    after_.resize(count);
    hard_in_.assign(count, 0);
    soft_in_.assign(count, 0);
    for (std::size_t rule = 0; rule < count; ++rule) {
      const bool feeds =
          rules_[rule].aspect == Aspect::kCalculate || rules_[rule].aspect == Aspect::kRelevant;
      for (const Read& read : reads_[rule])
        visit_producers(read.node, [&](RuleIndex producer, bool hard) {
          if (producer == rule && reads_content(rules_[rule], read.node)) return;
          add_edge(producer, static_cast<RuleIndex>(rule), hard && feeds && !read.soft);
        });
      // A calculation waits for the relevance of its own node, which decides whether it is asked.
      if (rules_[rule].aspect != Aspect::kRelevant)
        visit_producers(rules_[rule].target, [&](RuleIndex producer, bool) {
          if (rules_[producer].aspect == Aspect::kRelevant)
            add_edge(producer, static_cast<RuleIndex>(rule),
                     rules_[rule].aspect == Aspect::kCalculate);
        });
    }
    return sort();
  }

  void add_edge(RuleIndex from, RuleIndex to, bool hard) {
    if (from == to && !hard) return;
    after_[from].push_back({to, hard});
    ++(hard ? hard_in_ : soft_in_)[to];
  }

  Status sort() {
    const std::size_t count = rules_.size();
    std::queue<RuleIndex> ready;
    std::vector<bool> queued(count, false);
    const auto offer = [&](RuleIndex rule) {
      if (queued[rule] || hard_in_[rule] > 0) return;
      queued[rule] = true;
      ready.push(rule);
    };
    std::queue<RuleIndex> soft_ready;  // nothing hard before them any more
    for (std::size_t rule = 0; rule < count; ++rule) {
      if (hard_in_[rule] == 0) soft_ready.push(static_cast<RuleIndex>(rule));
      if (soft_in_[rule] == 0) offer(static_cast<RuleIndex>(rule));
    }
    while (ordered_.size() < count) {
      if (ready.empty()) {
        // Only circles with a soft edge are left, or true ones: give up the soft edges of one rule.
        while (!soft_ready.empty() && queued[soft_ready.front()]) soft_ready.pop();
        if (soft_ready.empty()) return cycle();
        offer(soft_ready.front());
        continue;
      }
      const RuleIndex rule = ready.front();
      ready.pop();
      ordered_.push_back(rule);
      for (const auto& [next, hard] : after_[rule]) {
        --(hard ? hard_in_ : soft_in_)[next];
        if (hard && hard_in_[next] == 0) soft_ready.push(next);
        if (hard_in_[next] == 0 && soft_in_[next] == 0) offer(next);
      }
    }
    return {};
  }

  // Names the members of one circle: walk backwards through unfinished rules until one repeats.
  Status cycle() const {
    std::vector<std::vector<RuleIndex>> before(rules_.size());
    for (std::size_t rule = 0; rule < rules_.size(); ++rule)
      if (hard_in_[rule] > 0)
        for (const auto& [next, hard] : after_[rule])
          if (hard) before[next].push_back(static_cast<RuleIndex>(rule));
    RuleIndex at = 0;
    while (hard_in_[at] == 0) ++at;
    std::vector<RuleIndex> walked;
    std::vector<bool> seen(rules_.size(), false);
    while (!seen[at]) {
      seen[at] = true;
      walked.push_back(at);
      for (const RuleIndex previous : before[at])
        if (hard_in_[previous] > 0) {
          at = previous;
          break;
        }
    }
    // Twenty names are enough to find the way round.
    std::string members;
    std::vector<std::string> named;
    for (auto it = walked.rbegin(); it != walked.rend() && named.size() < 20; ++it) {
      const std::string& path = form_.schema[rules_[*it].target].path;
      if (std::find(named.begin(), named.end(), path) == named.end()) {
        named.push_back(path);
        members += (members.empty() ? "" : ", ") + path;
      }
      if (*it == at) break;
    }
    return fail(ErrorKind::kInvalid, "xform.cycle",
                fmt::format("These nodes depend on each other in a circle: {}. Take one of them "
                            "out of the calculation or relevance of the others.",
                            members));
  }

  // Rules get their rank as index; edges are turned round to "who must be asked again".
  void publish() {
    std::vector<RuleIndex> rank(rules_.size());
    for (std::size_t at = 0; at < ordered_.size(); ++at)
      rank[ordered_[at]] = static_cast<RuleIndex>(at);
    form_.rules.clear();
    form_.rules.reserve(rules_.size());
    for (const RuleIndex rule : ordered_) form_.rules.push_back(rules_[rule]);
    form_.dependents.resize(form_.schema.size());
    form_.structural.resize(form_.schema.size());
    for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
      form_.schema[rules_[rule].target].rules[static_cast<std::size_t>(rules_[rule].aspect)] =
          rank[rule];
      for (const Read& read : reads_[rule]) {
        form_.dependents[read.node].push_back({rank[rule], read.shared});
        // An instance more or less of a repeat above the node read changes what is read, for rules
        // outside that instance.
        for (SchemaIndex at = form_.schema[read.node].repeat; at != kNone;
             at = form_.schema[at].parent == kNone ? kNone
                                                   : form_.schema[form_.schema[at].parent].repeat)
          if (read.shared == kNone || read.shared < at)
            form_.structural[at].push_back({rank[rule], read.shared});
      }
    }
    for (auto* table : {&form_.dependents, &form_.structural})
      for (std::vector<Dependent>& list : *table) {
        std::sort(list.begin(), list.end(), [](const Dependent& a, const Dependent& b) {
          return std::pair(a.rule, a.shared + 1) < std::pair(b.rule, b.shared + 1);
        });
        list.erase(std::unique(list.begin(), list.end()), list.end());
      }
    for (RuleIndex rule = 0; rule < form_.rules.size(); ++rule) publish_volatile(rule);
  }

  void publish_volatile(RuleIndex index) {
    const Rule& rule = form_.rules[index];
    std::vector<ExpressionIndex> used;
    if (rule.expression != kNone) used.push_back(rule.expression);
    if (rule.aspect == Aspect::kText) collect_outputs(rule.target, used);
    if (rule.aspect == Aspect::kChoices)
      used.push_back(
          form_.itemsets[form_.controls[form_.schema[rule.target].control].itemset].nodes);
    bool clock = false;
    bool language = false;
    for (const ExpressionIndex at : used) {
      clock = clock || form_.expressions[at].volatility().clock;
      language = language || form_.expressions[at].volatility().language;
    }
    if (rule.position) form_.position_rules.push_back(index);
    if (clock) form_.clock_rules.push_back(index);
    if (language) form_.language_rules.push_back(index);
  }

  Form& form_;
  ReadFinder finder_;
  std::vector<Rule> rules_;
  std::vector<std::vector<Read>> reads_;
  std::vector<std::vector<RuleIndex>> by_target_;
  std::vector<std::vector<std::pair<RuleIndex, bool>>> after_;
  std::vector<std::uint32_t> hard_in_;
  std::vector<std::uint32_t> soft_in_;
  std::vector<RuleIndex> ordered_;
  std::size_t warned_of_nothing_ = 0;
};

}  // namespace

Status build_graph(Loader& loader) {
  return GraphBuilder(loader).build();
}

}  // namespace vigil::forms
