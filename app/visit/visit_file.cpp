// SPDX-License-Identifier: Apache-2.0
#include "app/visit/finalise.h"
#include "core/base/json.h"

namespace vigil::visit {
namespace {

constexpr std::string_view kFormat = "vigil-visit-1";

}  // namespace

std::string emit_visit_file(const VisitFile& visit) {
  Json::List records;
  for (const VisitFile::Record& record : visit.records) {
    records.emplace_back(Json::Object{{"form_id", record.form_id},
                                      {"form_version", record.form_version},
                                      {"prefix", record.prefix},
                                      {"instance_id", record.instance_id}});
  }
  Json::Object object{{"format", kFormat},
                      {"code", visit.code},
                      {"place", visit.place},
                      {"kind", visit.kind},
                      {"created_ms", visit.created_ms},
                      {"finalised_ms", visit.finalised_ms}};
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
  visit.code = reader.string("code");
  visit.place = reader.string("place");
  visit.kind = reader.string("kind");
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
  if (format != kFormat) {
    return fail(ErrorKind::kInvalid, "visit.file",
                "This visit was sealed by a newer Vigil; update the office's programs.");
  }
  return visit;
}

}  // namespace vigil::visit
