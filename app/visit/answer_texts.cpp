// SPDX-License-Identifier: Apache-2.0
#include "app/visit/finalise.h"
#include "app/visit/instance.h"

namespace vigil::visit {

Status append_answer_texts(std::string_view prefix, std::string_view document_xml,
                           std::vector<bundle::AnswerText>& answers) {
  if (document_xml.empty()) return {};
  VIGIL_ASSIGN(auto leaves, answers_from_instance(document_xml));
  for (vault::Answer& leaf : leaves)
    answers.push_back({std::string(prefix) + leaf.ref, std::move(leaf.value)});
  return {};
}

void append_visit_texts(const VisitFile& visit, std::vector<bundle::AnswerText>& answers) {
  answers.push_back({"visit/code", visit.code});
  answers.push_back({"visit/place", visit.place});
  answers.push_back({"visit/kind", visit.kind});
  if (visit.team.persons > 0) answers.push_back({"visit/team", std::to_string(visit.team.persons)});
  if (!visit.team.tasks.empty()) answers.push_back({"visit/tasks", vault::task_line(visit.team)});
  answers.push_back({"visit/created_ms", std::to_string(visit.created_ms)});
  answers.push_back({"visit/finalised_ms", std::to_string(visit.finalised_ms)});
  for (const VisitFile::Record& record : visit.records) {
    answers.push_back({record.prefix + "form_id", record.form_id});
    answers.push_back({record.prefix + "form_version", record.form_version});
    answers.push_back({record.prefix + "instance_id", record.instance_id});
  }
}

}  // namespace vigil::visit
