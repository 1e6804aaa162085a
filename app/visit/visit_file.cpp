// SPDX-License-Identifier: Apache-2.0
#include "app/visit/finalise.h"
#include "core/base/json.h"

namespace vigil::visit {
namespace {

constexpr std::string_view kFormat = "vigil-visit-1";
// The same with team and tasks. A visit that says neither stays of the first format, byte for byte.
constexpr std::string_view kFormatWithTeam = "vigil-visit-2";

std::unexpected<Error> bad_team() {
  return fail(ErrorKind::kInvalid, "visit.file",
              "visit.json in this bundle says who came in a way that no Vigil writes.");
}

Json team_json(const vault::Team& team) {
  Json::List tasks;
  for (const std::string& task : team.tasks) tasks.emplace_back(task);
  return Json::Object{{"persons", std::int64_t{team.persons}}, {"tasks", std::move(tasks)}};
}

Result<vault::Team> read_team(const Json& json) {
  JsonReader reader(json, kVisitFileName);
  vault::Team team;
  team.persons = static_cast<int>(reader.number("persons", 0, vault::kMostPersons));
  for (const Json& task : reader.list("tasks"))
    team.tasks.push_back(task.string() != nullptr ? *task.string() : std::string());
  if (!reader.finish() || !vault::is_team(team) || !team.said()) return bad_team();
  return team;
}

}  // namespace

std::string emit_visit_file(const VisitFile& visit) {
  Json::List records;
  for (const VisitFile::Record& record : visit.records) {
    records.emplace_back(Json::Object{{"form_id", record.form_id},
                                      {"form_version", record.form_version},
                                      {"prefix", record.prefix},
                                      {"instance_id", record.instance_id}});
  }
  Json::Object object{{"format", visit.team.said() ? kFormatWithTeam : kFormat},
                      {"code", visit.code},
                      {"place", visit.place},
                      {"kind", visit.kind}};
  if (visit.team.said()) object.emplace_back("team", team_json(visit.team));
  object.emplace_back("created_ms", visit.created_ms);
  object.emplace_back("finalised_ms", visit.finalised_ms);
  if (visit.amends) object.emplace_back("amends", bundle::to_string(*visit.amends));
  object.emplace_back("records", std::move(records));
  return emit_json(object) + "\n";
}

Result<VisitFile> parse_visit_file(std::string_view text) {
  if (!text.ends_with('\n')) {
    return fail(ErrorKind::kInvalid, "visit.file", "visit.json in this bundle is cut short.");
  }
  VIGIL_ASSIGN(const auto json, parse_canonical_json(text.substr(0, text.size() - 1), {}));
  JsonReader reader(json, kVisitFileName);
  VisitFile visit;
  const std::string format = reader.string("format");
  if (format != kFormat && format != kFormatWithTeam) {
    return fail(ErrorKind::kInvalid, "visit.file",
                "This visit was sealed by a newer Vigil; update the office's programs.");
  }
  visit.code = reader.string("code");
  visit.place = reader.string("place");
  visit.kind = reader.string("kind");
  if (format == kFormatWithTeam) {
    VIGIL_ASSIGN(visit.team, read_team(reader.value("team")));
  }
  visit.created_ms = reader.number("created_ms", -kJsonNumberLimit, kJsonNumberLimit);
  visit.finalised_ms = reader.number("finalised_ms", -kJsonNumberLimit, kJsonNumberLimit);
  if (reader.next_is("amends")) {
    VIGIL_ASSIGN(visit.amends, bundle::parse_bundle_id(reader.string("amends")));
  }
  for (const Json& item : reader.list("records")) {
    JsonReader record(item, kVisitFileName);
    VisitFile::Record read;
    read.form_id = record.string("form_id");
    read.form_version = record.string("form_version");
    read.prefix = record.string("prefix");
    read.instance_id = record.string("instance_id");
    VIGIL_TRY(record.finish());
    visit.records.push_back(std::move(read));
  }
  VIGIL_TRY(reader.finish());
  return visit;
}

}  // namespace vigil::visit
