// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/office_visits.h"

#include <algorithm>

#include "app/ctl/shown.h"
#include "app/ctl/visit_text.h"
#include "app/office/reading.h"
#include "app/words/visit_words.h"
#include "core/vault/inbox.h"

namespace vigil::ctl {
namespace {

std::string record_name(const std::string& prefix) {
  return prefix.ends_with('-') ? prefix.substr(0, prefix.size() - 1) : prefix;
}

// "+06:00" in minutes; 0 where there is none.
int offset_of(std::string_view time) {
  if (time.size() < 6) return 0;
  const std::string_view zone = time.substr(time.size() - 6);
  if ((zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return 0;
  const auto number = [&](std::size_t at) { return (zone[at] - '0') * 10 + zone[at + 1] - '0'; };
  const int minutes = number(1) * 60 + number(4);
  return zone[0] == '-' ? -minutes : minutes;
}

// The zone that the visit was made in: that of its first time, for visit.json has none.
int zone_of(const std::vector<forms::NodeState>& state) {
  for (const forms::NodeState& node : state)
    if (node.relevant && node.value_type == "dateTime" && !node.value.empty())
      return offset_of(node.value);
  return 0;
}

// What the visit corrects; "" where it corrects nothing.
std::string amended_by(const visit::VisitFile& visit,
                       const std::vector<vault::ImportedSubmission>& all) {
  if (!visit.amends) return {};
  const std::string id = bundle::to_string(*visit.amends);
  const auto other = std::ranges::find(all, *visit.amends, &vault::ImportedSubmission::bundle);
  return other == all.end() ? id : other->visit_code + " (" + id + ")";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts)
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  return text;
}

void print_about(const words::Words& words, const office::SentChecklist& sent,
                 const std::string& amends) {
  const vault::ImportedSubmission& of = sent.submission;
  print_line(one_line(joined({sent.sealed.name, of.place, words::kind_word(words, of.kind)})));
  const int zone = zone_of(sent.state);
  print_line(words::fill(words("Begun {0}, sealed {1}"),
                         {shown_time(words, WallTime{sent.visit.created_ms}, zone),
                          shown_time(words, WallTime{sent.visit.finalised_ms}, zone)}));
  if (of.team.said()) print_line(words::team_words(words, of.team.persons, of.team.tasks));
  if (!amends.empty()) print_line(words::fill(words("Corrects visit {0}"), {amends}));
}

void print_checklist(const words::Words& words, const office::SentChecklist& sent) {
  const std::string subject = office::subject_code(sent.submission.answers);
  print_line("");
  print_line(one_line(record_name(sent.submission.member_prefix) + ". " + sent.title +
                      (subject.empty() ? "" : ", " + subject)));
  print_line(checklist_text(sent.state, words));
  if (!sent.submission.flags.empty())
    print_line(flags_text(sent.submission.flags, sent.state, words));
  if (sent.unplaced.empty()) return;
  print_line(std::string(words("Signed too, but without a place in this checklist:")));
  for (const vault::Answer& answer : sent.unplaced)
    print_line("  " + one_line(answer.ref + ": " + answer.value));
}

}  // namespace

Json sent_json(const office::SentChecklist& sent, const std::string& amends) {
  const Json json = checklist_json(sent.state, sent.submission.flags);
  Json::Object object{{"tablet", sent.sealed.tablet},
                      {"bundle_number", static_cast<std::int64_t>(sent.sealed.bundle_number)},
                      {"record", record_name(sent.submission.member_prefix)},
                      {"form", sent.submission.form_id},
                      {"form_version", sent.submission.form_version},
                      {"title", sent.title},
                      {"subject", office::subject_code(sent.state)},
                      {"instance_id", sent.submission.instance_id},
                      {"bundle", bundle::to_string(sent.submission.bundle)},
                      {"created_ms", sent.visit.created_ms},
                      {"finalised_ms", sent.visit.finalised_ms},
                      {"amends", amends}};
  for (const auto& [name, value] : *json.object()) object.emplace_back(name, value);
  Json::List repeats;
  for (const forms::NodeState& node : sent.state)
    if (node.type == forms::NodeType::kRepeatRange)
      repeats.emplace_back(
          Json::Object{{"ref", node.ref}, {"instances", std::int64_t{node.instances}}});
  object.emplace_back("repeats", std::move(repeats));
  Json::List unplaced;
  for (const vault::Answer& answer : sent.unplaced)
    unplaced.emplace_back(Json::Object{{"ref", answer.ref}, {"value", answer.value}});
  object.emplace_back("unplaced", std::move(unplaced));
  return object;
}

Status list_office_visits(vault::Vault& vault, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto all, vault::submissions(vault));
  VIGIL_ASSIGN(const auto visits, office::sealed_visits(vault));
  Json::List rows;
  for (const vault::ImportedSubmission& summary : all) {
    VIGIL_ASSIGN(const auto submission, vault::submission(vault, summary.id));
    VIGIL_ASSIGN(const auto visit, office::visit_file_of(vault, summary.bundle));
    const office::SealedVisit sealed = office::visit_of(visits, summary.bundle);
    const std::string subject = office::subject_code(submission.answers);
    const std::string record = record_name(submission.member_prefix);
    const std::string day = shown_time(words::Words(), WallTime{visit.created_ms}, 0).substr(0, 10);
    if (outcome.json) {
      Json::Object row{{"visit", submission.visit_code},
                       {"name", sealed.name},
                       {"tablet", sealed.tablet},
                       {"bundle_number", static_cast<std::int64_t>(sealed.bundle_number)},
                       {"date", day},
                       {"place", submission.place},
                       {"kind", submission.kind},
                       {"record", record},
                       {"form", submission.form_id},
                       {"subject", subject},
                       {"instance_id", submission.instance_id},
                       {"bundle", bundle::to_string(submission.bundle)}};
      add_team(row, submission.team);
      rows.emplace_back(std::move(row));
    } else {
      print_line(one_line(sealed.name + "  " + day + "  " + record + "  " + submission.form_id +
                          (subject.empty() ? "" : "  " + subject) +
                          (submission.place.empty() ? "" : "  " + submission.place)));
    }
  }
  if (outcome.json) print_line(emit_json(Json::Object{{"visits", std::move(rows)}}));
  return {};
}

Status show_office_visit(vault::Vault& vault, const std::string& name, const std::string& language,
                         const Outcome& outcome) {
  VIGIL_ASSIGN(const auto ids, office::submissions_of(vault, name));
  VIGIL_ASSIGN(const auto visits, office::sealed_visits(vault));
  VIGIL_ASSIGN(const auto all, vault::submissions(vault));
  const words::Words words = words_of(language);
  if (!outcome.json) say_missing_words(words, language);
  Json::List shown;
  Json::Object object;
  bool first = true;
  for (const vault::SubmissionId id : ids) {
    VIGIL_ASSIGN(const auto sent, office::read_sent(vault, id, visits, language));
    const std::string amends = amended_by(sent.visit, all);
    if (outcome.json) {
      if (shown.empty()) {
        object.emplace_back("visit", sent.submission.visit_code);
        object.emplace_back("place", sent.submission.place);
        object.emplace_back("kind", sent.submission.kind);
        add_team(object, sent.submission.team);
      }
      shown.push_back(sent_json(sent, amends));
      continue;
    }
    if (first) print_about(words, sent, amends);
    first = false;
    print_checklist(words, sent);
  }
  if (outcome.json) {
    object.emplace_back("checklists", std::move(shown));
    print_line(emit_json(std::move(object)));
  }
  return {};
}

}  // namespace vigil::ctl
