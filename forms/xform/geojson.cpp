// SPDX-License-Identifier: Apache-2.0
//
// A list kept as GeoJSON (RFC 7946): root/item with the properties as children and the geometry as
// an ODK geo value ("latitude longitude altitude accuracy", points separated by "; ").
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "forms/xform/loader.h"

namespace vigil::forms {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return {};
  return value.dump();
}

std::string point_text(const Json& point) {
  if (!point.is_array() || point.size() < 2) return {};
  return fmt::format("{} {} 0 0", text_of(point[1]), text_of(point[0]));
}

std::string geometry_text(const Json& geometry) {
  if (!geometry.is_object() || !geometry.contains("coordinates")) return {};
  const Json& coordinates = geometry["coordinates"];
  const std::string type = geometry.value("type", "");
  if (type == "Point") return point_text(coordinates);
  const Json* line = &coordinates;
  if (type == "Polygon") {
    if (!coordinates.is_array() || coordinates.empty()) return {};
    line = &coordinates[0];
  } else if (type != "LineString") {
    return {};
  }
  std::string out;
  if (line->is_array())
    for (const Json& point : *line) out += (out.empty() ? "" : "; ") + point_text(point);
  return out;
}

Error wrong() {
  return {ErrorKind::kInvalid, "xform.geojson",
          "It is not a GeoJSON FeatureCollection: export it again as GeoJSON."};
}

}  // namespace

Result<std::unique_ptr<Document>> load_geojson(std::string_view text,
                                               const std::shared_ptr<NameTable>& names) {
  // 64 levels: a FeatureCollection needs seven; the parser recurses no further than we let it.
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if ((c == ']' || c == '}') && depth > 0) --depth;
  }
  if (deepest > 64) return std::unexpected(wrong());
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("features") || !json["features"].is_array())
    return std::unexpected(wrong());

  auto document = std::make_unique<Document>(names);
  Node& root = document->create_element(names->intern("", "root"));
  document->append(document->root(), root);
  const auto leaf = [&](Node& parent, std::string_view name, const std::string& value) {
    document->append(parent, document->create_element(names->intern("", name), value));
  };
  for (const Json& feature : json["features"]) {
    if (!feature.is_object()) return std::unexpected(wrong());
    Node& item = document->create_element(names->intern("", "item"));
    document->append(root, item);
    if (feature.contains("geometry")) leaf(item, "geometry", geometry_text(feature["geometry"]));
    bool has_id = false;
    if (feature.contains("properties") && feature["properties"].is_object())
      for (const auto& [name, value] : feature["properties"].items()) {
        has_id = has_id || name == "id";
        leaf(item, name, text_of(value));
      }
    if (!has_id && feature.contains("id")) leaf(item, "id", text_of(feature["id"]));
  }
  return document;
}

}  // namespace vigil::forms
