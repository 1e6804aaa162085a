// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/types.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>

#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

// What several names share.
constexpr QuestionType input(std::string_view name, std::string_view bind_type,
                             Special special = Special::kNone) {
  return {name, Control::kInput, bind_type, special, {}, {}, {}, {}, {}};
}
constexpr QuestionType upload(std::string_view name, std::string_view mediatype,
                              Special special = Special::kNone) {
  return {name, Control::kUpload, "binary", special, {}, {}, mediatype, {}, {}};
}
constexpr QuestionType preloaded(std::string_view name, std::string_view bind_type,
                                 std::string_view preload, std::string_view params) {
  return {name, Control::kNone, bind_type, Special::kMetadata, preload, params, {}, {}, {}};
}
constexpr QuestionType property(std::string_view name, std::string_view params) {
  return preloaded(name, "string", "property", params);
}
constexpr QuestionType number_of_days(std::string_view name, std::string_view hint,
                                      std::string_view constraint) {
  return {name, Control::kInput, "int", Special::kNone, {}, {}, {}, hint, constraint};
}
constexpr QuestionType no_control(std::string_view name, std::string_view bind_type,
                                  Special special) {
  return {name, Control::kNone, bind_type, special, {}, {}, {}, {}, {}};
}
constexpr QuestionType trigger_type(std::string_view name, std::string_view bind_type) {
  return {name, Control::kTrigger, bind_type, Special::kNone, {}, {}, {}, {}, {}};
}

constexpr std::array kTypes{
    input("text", "string", Special::kText),
    input("string", "string", Special::kText),
    input("q string", "string", Special::kText),
    input("add text prompt", "string", Special::kText),
    input("integer", "int"),
    input("int", "int"),
    input("q int", "int"),
    input("add integer prompt", "int"),
    input("decimal", "decimal"),
    input("q decimal", "decimal"),
    input("add decimal prompt", "decimal"),
    input("date", "date"),
    input("q date", "date"),
    input("add date prompt", "date"),
    input("time", "time"),
    input("dateTime", "dateTime"),
    input("datetime", "dateTime"),
    input("date time", "dateTime"),
    input("q dateTime", "dateTime"),
    input("q date time", "dateTime"),
    input("add dateTime prompt", "dateTime"),
    input("add date time prompt", "dateTime"),
    input("note", "string", Special::kNote),
    input("q note", "string", Special::kNote),
    input("add note prompt", "string", Special::kNote),
    input("barcode", "barcode"),
    input("q barcode", "barcode"),
    input("add barcode prompt", "barcode"),
    input("geopoint", "geopoint", Special::kGeopoint),
    input("q geopoint", "geopoint", Special::kGeopoint),
    input("location", "geopoint", Special::kGeopoint),
    input("q location", "geopoint", Special::kGeopoint),
    input("add location prompt", "geopoint", Special::kGeopoint),
    input("gps", "geopoint", Special::kGeopoint),
    input("geotrace", "geotrace", Special::kGeotrace),
    input("q geotrace", "geotrace", Special::kGeotrace),
    input("geoshape", "geoshape", Special::kGeoshape),
    input("q geoshape", "geoshape", Special::kGeoshape),
    QuestionType{"phone number",
                 Control::kInput,
                 "string",
                 Special::kNone,
                 {},
                 {},
                 {},
                 "Enter numbers only.",
                 "regex(., '^\\d*$')"},
    QuestionType{"percentage",
                 Control::kInput,
                 "int",
                 Special::kNone,
                 {},
                 {},
                 {},
                 {},
                 "0 <= . and . <= 100"},
    number_of_days("number of days in last month", "Enter a number 0-31.", "0 <= . and . <= 31"),
    number_of_days("number of days in last six months", "Enter a number 0-183.",
                   "0 <= . and . <= 183"),
    number_of_days("number of days in last year", "Enter a number 0-365.", "0 <= . and . <= 365"),
    upload("photo", "image/*", Special::kImage),
    upload("image", "image/*", Special::kImage),
    upload("q image", "image/*", Special::kImage),
    upload("q picture", "image/*", Special::kImage),
    upload("add image prompt", "image/*", Special::kImage),
    upload("add photo prompt", "image/*", Special::kImage),
    upload("audio", "audio/*", Special::kAudio),
    upload("q audio", "audio/*", Special::kAudio),
    upload("add audio prompt", "audio/*", Special::kAudio),
    upload("video", "video/*"),
    upload("q video", "video/*"),
    upload("add video prompt", "video/*"),
    upload("file", "application/*"),
    upload("add file prompt", "application/*"),
    upload("osm", "osm/*", Special::kOsm),
    trigger_type("trigger", {}),
    trigger_type("acknowledge", "string"),
    trigger_type("q acknowledge", "string"),
    trigger_type("add acknowledge prompt", "string"),
    QuestionType{"range", Control::kRange, "int", Special::kRange, {}, {}, {}, {}, {}},
    no_control("calculate", "string", Special::kCalculate),
    no_control("q calculate", "string", Special::kCalculate),
    no_control("add calculate prompt", "string", Special::kCalculate),
    no_control("hidden", "string", Special::kHidden),
    no_control("audit", "binary", Special::kAudit),
    no_control("start-geopoint", "geopoint", Special::kStartGeopoint),
    no_control("background-geopoint", "geopoint", Special::kBackgroundGeopoint),
    no_control("background-audio", "binary", Special::kBackgroundAudio),
    no_control("csv-external", {}, Special::kCsvExternal),
    no_control("xml-external", {}, Special::kXmlExternal),
    preloaded("start", "dateTime", "timestamp", "start"),
    preloaded("start time", "dateTime", "timestamp", "start"),
    preloaded("get start time", "dateTime", "timestamp", "start"),
    preloaded("end", "dateTime", "timestamp", "end"),
    preloaded("end time", "dateTime", "timestamp", "end"),
    preloaded("get end time", "dateTime", "timestamp", "end"),
    preloaded("today", "date", "date", "today"),
    preloaded("get today", "date", "date", "today"),
    property("deviceid", "deviceid"),
    property("device id", "deviceid"),
    property("get device id", "deviceid"),
    property("imei", "deviceid"),
    property("uri:deviceid", "uri:deviceid"),
    property("subscriberid", "subscriberid"),
    property("subscriber id", "subscriberid"),
    property("get subscriber id", "subscriberid"),
    property("uri:subscriberid", "uri:subscriberid"),
    property("simserial", "simserial"),
    property("sim id", "simserial"),
    property("get sim id", "simserial"),
    property("uri:simserial", "uri:simserial"),
    property("phonenumber", "phonenumber"),
    property("get phone number", "phonenumber"),
    property("uri:phonenumber", "uri:phonenumber"),
    property("username", "username"),
    property("uri:username", "uri:username"),
    property("email", "email"),
    property("uri:email", "uri:email"),
};

constexpr QuestionType select_type(std::string_view name, Control control,
                                   std::string_view bind_type, Special special) {
  return {name, control, bind_type, special, {}, {}, {}, {}, {}};
}
constexpr QuestionType kSelectOneType =
    select_type("select_one", Control::kSelectOne, "string", Special::kSelect);
constexpr QuestionType kSelectManyType =
    select_type("select_multiple", Control::kSelectMany, "string", Special::kSelect);
constexpr QuestionType kRankType = select_type("rank", Control::kRank, "odk:rank", Special::kRank);
constexpr QuestionType kExternalType =
    select_type("select_one_external", Control::kInput, "string", Special::kSelectExternal);

struct SelectAlias {
  std::string_view words;
  const QuestionType* type;
  bool from_file;
};

// Longer ones first: "select one from file x" is not a list called "from".
constexpr std::array kSelectAliases{
    SelectAlias{"add select multiple prompt using", &kSelectManyType, false},
    SelectAlias{"add select one prompt using", &kSelectOneType, false},
    SelectAlias{"select all that apply from", &kSelectManyType, false},
    SelectAlias{"select multiple from file", &kSelectManyType, true},
    SelectAlias{"select all that apply", &kSelectManyType, false},
    SelectAlias{"select one from file", &kSelectOneType, true},
    SelectAlias{"select one from", &kSelectOneType, false},
    SelectAlias{"select one", &kSelectOneType, false},
    SelectAlias{"select_multiple_from_file", &kSelectManyType, true},
    SelectAlias{"select_one_from_file", &kSelectOneType, true},
    SelectAlias{"select_one_external", &kExternalType, false},
    SelectAlias{"select_multiple", &kSelectManyType, false},
    SelectAlias{"select_one", &kSelectOneType, false},
    SelectAlias{"select1", &kSelectOneType, false},
    SelectAlias{"rank", &kRankType, false},
};

constexpr std::array<std::string_view, 3> kOrOther{"or_other", "or other", "or specify other"};

std::string joined(std::span<const std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out += ' ';
    out += part;
  }
  return out;
}

bool parse_select(std::string_view cell, ParsedType& parsed) {
  const std::vector<std::string_view> parts = words(cell);
  for (const SelectAlias& alias : kSelectAliases) {
    const std::size_t length = words(alias.words).size();
    if (parts.size() <= length || joined(std::span(parts).first(length)) != alias.words) continue;
    const std::string rest = joined(std::span(parts).subspan(length + 1));
    if (!rest.empty() && std::ranges::find(kOrOther, rest) == kOrOther.end()) continue;
    parsed.kind = alias.from_file ? ParsedType::Kind::kSelectFromFile : ParsedType::Kind::kSelect;
    parsed.type = alias.type;
    parsed.list_name = parts[length];
    parsed.or_other = !rest.empty();
    return true;
  }
  return false;
}

using Kind = ParsedType::Kind;

struct Section {
  std::string_view words;
  Kind begin;
  Kind end;
};
constexpr std::array kSections{
    Section{"group", Kind::kBeginGroup, Kind::kEndGroup},
    Section{"repeat", Kind::kBeginRepeat, Kind::kEndRepeat},
    Section{"lgroup", Kind::kBeginRepeat, Kind::kEndRepeat},
    Section{"looped group", Kind::kBeginRepeat, Kind::kEndRepeat},
    Section{"loop", Kind::kBeginLoop, Kind::kEndLoop},
};

// "begin group", "begin_group", "begin loop over list", "end repeat".
bool parse_section(std::string_view cell, ParsedType& parsed) {
  const bool begin = cell.starts_with("begin");
  const bool end = cell.starts_with("end");
  if (!begin && !end) return false;
  std::string_view rest = cell.substr(begin ? 5 : 3);
  if (rest.empty() || (rest.front() != ' ' && rest.front() != '_')) return false;
  rest = trimmed(rest.substr(1));
  for (const Section& section : kSections) {
    if (!rest.starts_with(section.words)) continue;
    std::string_view list = rest.substr(section.words.size());
    if (!list.empty() && (list.front() != ' ' || end)) continue;
    list = trimmed(list);
    if (list.starts_with("over ")) list = trimmed(list.substr(5));
    if (list.find(' ') != std::string_view::npos) return false;
    parsed.kind = begin ? section.begin : section.end;
    parsed.list_name = list;
    return true;
  }
  return false;
}

}  // namespace

const QuestionType* find_question_type(std::string_view name) {
  static const auto kByName = [] {
    std::unordered_map<std::string_view, const QuestionType*> map;
    for (const QuestionType& type : kTypes) map.emplace(type.name, &type);
    return map;
  }();
  const auto found = kByName.find(name);
  return found == kByName.end() ? nullptr : found->second;
}

ParsedType parse_type(std::string_view cell) {
  ParsedType parsed;
  parsed.type = find_question_type(cell);
  if (parsed.type != nullptr) {
    parsed.kind = ParsedType::Kind::kQuestion;
    return parsed;
  }
  if (parse_section(cell, parsed) || parse_select(cell, parsed)) return parsed;
  const std::vector<std::string_view> parts = words(cell);
  if (parts.size() == 2 && parts.front() == "osm") {
    parsed.type = find_question_type("osm");
    parsed.kind = ParsedType::Kind::kQuestion;
    parsed.list_name = parts.back();
  }
  return parsed;
}

std::vector<std::string_view> known_type_names() {
  std::vector<std::string_view> names;
  for (const QuestionType& type : kTypes) names.push_back(type.name);
  for (const SelectAlias& alias : kSelectAliases) names.push_back(alias.words);
  for (const std::string_view name : {"begin_group", "end_group", "begin_repeat", "end_repeat",
                                      "begin group", "end group", "begin repeat", "end repeat"}) {
    names.push_back(name);
  }
  return names;
}

}  // namespace vigil::forms::xlsform
