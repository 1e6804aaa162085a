// SPDX-License-Identifier: Apache-2.0
#include "core/vault/visit_code.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "core/crypto/secret_bytes.h"

namespace vigil::vault {
namespace {

// Plain things, told apart on a bad telephone line; a power of two, so that no word is likelier.
constexpr std::array<std::string_view, 128> kWords = {
    "ACORN",   "ALMOND",   "AMBER",   "ANCHOR",  "APPLE",   "APRON",   "ARROW",   "ASPEN",
    "AUTUMN",  "BADGER",   "BAMBOO",  "BANJO",   "BARLEY",  "BASIL",   "BASKET",  "BEACH",
    "BEAVER",  "BELL",     "BERRY",   "BIRCH",   "BISON",   "BLOSSOM", "BOTTLE",  "BRANCH",
    "BREAD",   "BRIDGE",   "BROOK",   "BUCKET",  "BUTTON",  "CABIN",   "CACTUS",  "CAMEL",
    "CANDLE",  "CANOE",    "CANYON",  "CARROT",  "CEDAR",   "CHERRY",  "CIRCLE",  "CLOUD",
    "CLOVER",  "COAST",    "COBALT",  "COMET",   "COPPER",  "CORAL",   "COTTON",  "CRANE",
    "CRICKET", "CRYSTAL",  "DAISY",   "DESERT",  "DOLPHIN", "DRUM",    "EAGLE",   "EMBER",
    "FALCON",  "FEATHER",  "FERN",    "FIDDLE",  "FINCH",   "FLUTE",   "FOREST",  "FOSSIL",
    "GARDEN",  "GARLIC",   "GINGER",  "GLACIER", "GRANITE", "GRAPE",   "GRAVEL",  "GUITAR",
    "HARBOR",  "HAZEL",    "HERON",   "HONEY",   "ISLAND",  "IVORY",   "JASMINE", "JUNIPER",
    "KETTLE",  "KITE",     "LADDER",  "LAGOON",  "LANTERN", "LEMON",   "LILAC",   "LINEN",
    "LIZARD",  "LOTUS",    "MAGNET",  "MAPLE",   "MARBLE",  "MEADOW",  "MELON",   "MINT",
    "MIRROR",  "MOUNTAIN", "MUSTARD", "NECTAR",  "NUTMEG",  "OASIS",   "OCEAN",   "OLIVE",
    "ONION",   "ORCHARD",  "OTTER",   "OYSTER",  "PAPER",   "PARROT",  "PEBBLE",  "PELICAN",
    "PEPPER",  "PIANO",    "PLANET",  "PLUM",    "POCKET",  "POPPY",   "PRAIRIE", "PUMPKIN",
    "QUARTZ",  "RABBIT",   "RAINBOW", "RAVEN",   "RIBBON",  "RIVER",   "SADDLE",  "SPARROW",
};

}  // namespace

std::string random_visit_code() {
  const std::uint64_t random = crypto::random_u64();
  // 2^57 over 100: the bias of the modulus is below 2^-50.
  const std::uint64_t number = (random >> 7) % 100;
  std::string code(kWords[random % kWords.size()]);
  code += '-';
  code += static_cast<char>('0' + number / 10);
  code += static_cast<char>('0' + number % 10);
  return code;
}

}  // namespace vigil::vault
