// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/overview.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/tablet/state/checklist_model.h"
#include "app/tablet/state/question_model.h"
#include "app/tablet/state/visit_names.h"
#include "core/base/language.h"

namespace vigil::tablet {
namespace {

using forms::NodeState;
using forms::NodeType;

constexpr std::string_view kDetainee = "detainee";

const NodeState* node_of(const RecordView& view, std::string_view ref) {
  const auto node = std::ranges::find(view.nodes, ref, &NodeState::ref);
  return node == view.nodes.end() ? nullptr : &*node;
}

int missing_in(const RecordView& view) {
  return static_cast<int>(std::ranges::count_if(view.nodes, [&](const NodeState& node) {
    return node.relevant && node.violation &&
           node.violation->condition == forms::ViolatedCondition::kRequired;
  }));
}

bool is_wrong(const NodeState& node) {
  return node.violation && node.violation->condition == forms::ViolatedCondition::kConstraint;
}

VisitModel::Record row_of(const RecordView& view, const std::vector<visit::Mismatch>& mismatches) {
  VisitModel::Record row;
  row.record = view.record.id.value;
  row.title = view.title;
  row.answered = view.progress.answered;
  row.asked = view.progress.asked;
  row.missing = missing_in(view);
  // As in the checklist: what is both is mended once.
  row.to_mend = static_cast<int>(std::ranges::count_if(view.nodes, [&](const NodeState& node) {
    const bool unfinished = std::ranges::find(view.unfinished, node.ref) != view.unfinished.end();
    return node.relevant && (is_wrong(node) || unfinished);
  }));
  row.mismatches = static_cast<int>(mismatches.size());
  return row;
}

// What the detained person says here, where nobody else says the same; "" else.
std::string alone(const std::vector<visit::SourceAnswer>& answers) {
  const auto own = std::ranges::find(answers, kDetainee, &visit::SourceAnswer::source);
  if (own == answers.end()) return {};
  const bool shared = std::ranges::any_of(answers, [&](const visit::SourceAnswer& other) {
    return other.source != kDetainee && other.value == own->value;
  });
  return shared ? "" : own->value;
}

// The statements of a question per source.
std::vector<visit::SourceAnswer> answers_of(const RecordView& view, std::string_view ref) {
  std::vector<visit::SourceAnswer> answers;
  for (const NodeState& node : view.nodes) {
    if (node.parent_ref != ref || !node.relevant || !visit::counts_as_statement(node.value)) {
      continue;
    }
    answers.push_back({node.ref.substr(node.ref.rfind('/') + 1), node.label, node.value, ""});
  }
  return answers;
}

// What was answered, in words; a number as it is written among them.
std::string value_words(const NodeState& node, const words::Words& words) {
  const std::string label = visit::value_label(node);
  return node.value_type == "decimal" ? written_number(label, words.decimal_mark()) : label;
}

// In how many checklists of this form does the detained person say so?
int voices(const RecordViewList& records, const RecordView& like, const std::string& ref,
           const std::string& value) {
  return static_cast<int>(std::ranges::count_if(records, [&](const RecordView* each) {
    const RecordView& view = *each;
    if (view.record.form_id != like.record.form_id) return false;
    return std::ranges::any_of(answers_of(view, ref), [&](const visit::SourceAnswer& answer) {
      return answer.source == kDetainee && answer.value == value;
    });
  }));
}

bool is_finding(const RecordView& view, std::string_view ref) {
  return std::ranges::any_of(view.flags, [&](const vault::Flag& flag) {
    return flag.kind == vault::FlagKind::kFinding && flag.ref == ref;
  });
}

}  // namespace

std::string name_of(const RecordView& view, const words::Words& words) {
  if (!is_interview(view.record.form_id)) return joined({view.title, view.code});
  return view.code.empty() ? std::string(words("Interview without a code")) : view.code;
}

bool is_interview(std::string_view form_id) {
  return form_id == "interview" || form_id.starts_with("interview-");
}

Result<RecordView> view_record(vault::Vault& vault, const Clock& clock, const vault::Record& record,
                               std::string_view language, visit::OpenForms* forms) {
  VIGIL_ASSIGN(const auto checklist, visit::Checklist::resume(vault, clock, record.id, forms));
  const std::string name = visit::find_language(checklist->session().form(), language);
  if (!name.empty()) VIGIL_TRY(checklist->set_language(name));
  RecordView view;
  view.record = record;
  view.progress = checklist->progress();
  view.nodes = checklist->session().state();
  view.title = view.nodes.empty() || view.nodes.front().label.empty()
                   ? checklist->session().form().title_in(checklist->session().language())
                   : view.nodes.front().label;
  view.code = case_code(view.nodes);
  VIGIL_ASSIGN(view.flags, checklist->flags());
  VIGIL_ASSIGN(const auto unfinished, checklist->unfinished());
  for (const vault::Answer& typed : unfinished) view.unfinished.push_back(typed.ref);
  return view;
}

visit::Review review_of(const RecordViewList& records) {
  visit::Review review;
  for (const RecordView* const view : records) {
    visit::add_to_review(review, view->record.id, view->nodes, view->progress);
  }
  return review;
}

void add_records(VisitModel& model, const RecordViewList& records, const words::Words& words) {
  for (const RecordView* const each : records) {
    const RecordView& view = *each;
    const std::vector<visit::Mismatch> mismatches = visit::find_mismatches(view.nodes);
    VisitModel::Record row = row_of(view, mismatches);
    if (is_interview(view.record.form_id)) {
      // By its code alone: which form, place or hour would say more than it must.
      row.title = view.code.empty() ? std::string(words("Interview without a code")) : view.code;
      model.interviews.push_back(std::move(row));
    } else {
      if (!view.code.empty()) row.title += " · " + view.code;
      model.records.push_back(std::move(row));
    }
    for (const vault::Flag& flag : view.flags) {
      if (flag.kind != vault::FlagKind::kFinding) continue;
      const NodeState* const node = node_of(view, flag.ref);
      if (node == nullptr || !node->relevant) continue;
      model.findings.push_back({view.record.id.value, flag.ref,
                                visit::label_with_place(view.nodes, flag.ref, node->label),
                                value_words(*node, words), false, flag.text == kUrgent});
    }
    for (const visit::Mismatch& mismatch : mismatches) {
      if (is_finding(view, mismatch.ref)) continue;
      model.findings.push_back({view.record.id.value, mismatch.ref,
                                visit::label_with_place(view.nodes, mismatch.ref, mismatch.label),
                                mismatch_list(words, mismatch), true, false});
    }
  }
  std::ranges::stable_sort(model.findings,
                           [](const auto& a, const auto& b) { return a.urgent && !b.urgent; });
}

std::vector<ReviewModel::Entry> unfinished_entries(const RecordViewList& records) {
  std::vector<ReviewModel::Entry> entries;
  for (const RecordView* const view : records) {
    for (const std::string& ref : view->unfinished) {
      const NodeState* const node = node_of(*view, ref);
      if (node == nullptr || !node->relevant) continue;
      entries.push_back(
          {view->record.id.value, ref, visit::label_in_words(view->nodes, *node), "", ""});
    }
  }
  return entries;
}

std::vector<ReviewModel::Entry> one_person_entries(const RecordViewList& records,
                                                   const words::Words& words) {
  std::vector<ReviewModel::Entry> entries;
  const auto interviews = std::ranges::count_if(
      records, [](const RecordView* view) { return is_interview(view->record.form_id); });
  for (const RecordView* const each : records) {
    const RecordView& view = *each;
    if (interviews == 1 && is_interview(view.record.form_id)) {
      entries.push_back({view.record.id.value, "",
                         view.code.empty() ? std::string(words("Private interview")) : view.code,
                         std::string(words("The only private interview of this visit.")), ""});
    }
    const std::vector<visit::Mismatch> mismatches = visit::find_mismatches(view.nodes);
    for (const NodeState& node : view.nodes) {
      if (node.type != NodeType::kSources || !node.relevant) continue;
      const auto mismatch = std::ranges::find(mismatches, node.ref, &visit::Mismatch::ref);
      if (mismatch == mismatches.end() && !is_finding(view, node.ref)) continue;
      const std::string value = alone(answers_of(view, node.ref));
      if (value.empty() || voices(records, view, node.ref, value) != 1) continue;
      entries.push_back({view.record.id.value, node.ref,
                         visit::label_with_place(view.nodes, node.ref, node.label),
                         std::string(words("Only this one person says so.")), ""});
    }
  }
  return entries;
}

}  // namespace vigil::tablet
