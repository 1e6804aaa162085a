// SPDX-License-Identifier: Apache-2.0
//
// The words in which fingerprints are read aloud: 256 in each language, the byte is the index.
// Chosen for Vigil: short, common, easy to say, no two within one letter of each other and no two
// alike in their first four. Frozen: a changed word would make two honest sides disagree (the test
// holds the lists' digests). Internal to core/trust.
#pragma once

#include <array>
#include <string_view>

namespace vigil::trust {

// clang-format off
inline constexpr std::array<std::string_view, 256> kEnglishWords = {
    "acorn", "album", "almond", "amber", "anchor", "angle", "apron", "arch", "artist", "atlas",
    "autumn", "avenue", "badge", "balcony", "bamboo", "banana", "barrel", "basket", "battery",
    "beaver", "bedroom", "beetle", "bicycle", "biscuit", "blossom", "blue", "boulder", "branch",
    "bread", "brick", "bronze", "bubble", "buffalo", "button", "cabin", "cactus", "camel",
    "canyon", "carpet", "castle", "cedar", "cement", "cheese", "cherry", "chimney", "circle",
    "citrus", "clever", "cloud", "cobra", "coconut", "coffee", "copper", "cousin", "cradle",
    "cricket", "crystal", "curtain", "cushion", "daisy", "dancer", "desert", "diamond", "doctor",
    "dolphin", "domino", "donkey", "dragon", "drawer", "drum", "duck", "early", "echo", "emerald",
    "engine", "evening", "fabric", "farmer", "feather", "fence", "fiddle", "finger", "flute",
    "fog", "forest", "friday", "furnace", "galaxy", "garden", "garlic", "giraffe", "glove",
    "goat", "gold", "granite", "grape", "guitar", "harbor", "harvest", "heart", "helmet", "hero",
    "hill", "horse", "hotel", "hundred", "hunter", "iceberg", "igloo", "indigo", "ink", "insect",
    "iron", "island", "ivory", "jaguar", "jelly", "jewel", "jigsaw", "judo", "kidney", "kitchen",
    "kiwi", "knee", "knight", "ladder", "lagoon", "lamp", "lantern", "laptop", "lemon", "leopard",
    "letter", "library", "lily", "linen", "lizard", "lobster", "logo", "lunch", "magnet", "mango",
    "maple", "meadow", "mirror", "monday", "moon", "morning", "mosaic", "mother", "museum",
    "napkin", "nephew", "nickel", "ninety", "noodle", "north", "oasis", "oatmeal", "ocean",
    "octopus", "onion", "opera", "orange", "orbit", "orchid", "oven", "owl", "oxygen", "palace",
    "panda", "paper", "parrot", "peach", "peanut", "pencil", "piano", "picnic", "pilot", "pirate",
    "pocket", "poem", "pony", "potato", "powder", "prince", "pumpkin", "puzzle", "python",
    "quartz", "queen", "rabbit", "rainbow", "raven", "receipt", "ribbon", "ring", "robot", "rope",
    "rubber", "sailor", "salad", "sand", "saturn", "scarf", "school", "shelter", "silver",
    "sleep", "snail", "soccer", "sofa", "spider", "square", "station", "stomach", "stone",
    "street", "student", "sugar", "summer", "swan", "syrup", "temple", "tennis", "tent", "thumb",
    "toast", "toilet", "tractor", "tree", "trumpet", "tulip", "tunnel", "turtle", "twelve",
    "uniform", "valley", "vanilla", "vase", "village", "vinegar", "violin", "volcano", "voyage",
    "walnut", "wedding", "whale", "wheel", "whisper", "willow", "wolf", "wood", "yacht", "yogurt",
    "zigzag",
};

inline constexpr std::array<std::string_view, 256> kRussianWords = {
    "август", "адрес", "акула", "алмаз", "альбом", "ананас", "аптека", "арбуз", "артист", "атлас",
    "афиша", "багаж", "баклан", "балкон", "барсук", "башня", "белка", "берег", "бетон", "билет",
    "бобр", "бокал", "брат", "бревно", "бронза", "бубен", "бумага", "вагон", "ваза", "ведро",
    "веник", "весна", "ветер", "вода", "волк", "ворона", "восемь", "врач", "выход", "газета",
    "гвоздь", "герой", "гитара", "глина", "гнездо", "голубь", "гора", "гриб", "груша", "гусь",
    "дача", "дверь", "дворец", "девять", "дерево", "диван", "дождь", "дракон", "дуб", "ель",
    "енот", "жаба", "жасмин", "желудь", "жемчуг", "жираф", "завод", "закат", "заяц", "звезда",
    "зебра", "зима", "змея", "золото", "зонт", "зубр", "игла", "индюк", "инжир", "ирис", "искра",
    "июль", "кабан", "кактус", "камень", "касса", "каша", "кедр", "кефир", "кирпич", "кит",
    "клен", "ключ", "книга", "ковер", "колесо", "компас", "конь", "кофе", "краб", "кресло",
    "кувшин", "купол", "курица", "лагерь", "ладонь", "лампа", "ландыш", "лебедь", "лев", "лента",
    "лимон", "липа", "лодка", "лопата", "лось", "луна", "лыжи", "магнит", "март", "маяк", "мед",
    "метель", "минута", "море", "мороз", "мост", "музыка", "мыло", "мяч", "набор", "небо",
    "неделя", "нитка", "ночь", "нянька", "обед", "облако", "обруч", "обувь", "овес", "огонь",
    "огурец", "озеро", "океан", "окно", "орех", "остров", "отец", "очки", "павлин", "пальто",
    "папка", "парус", "пастух", "паук", "песок", "пещера", "пирог", "письмо", "платок", "погода",
    "поезд", "поэма", "правда", "привет", "птица", "пчела", "радуга", "репа", "робот", "рог",
    "роза", "рука", "ручей", "рыба", "рынок", "рюкзак", "сапог", "сахар", "свеча", "семья",
    "сердце", "сестра", "сирень", "скрипка", "слон", "снег", "собака", "сова", "солнце", "спичка",
    "стакан", "стол", "суббота", "сундук", "сыр", "табурет", "тарелка", "театр", "телега",
    "тетрадь", "тигр", "ткань", "топор", "трамвай", "туман", "тыква", "тюлень", "угол", "удочка",
    "ужин", "утка", "утро", "утюг", "ухо", "учитель", "фабрика", "факел", "фасоль", "фиалка",
    "филин", "флаг", "фонарь", "форель", "футбол", "хвост", "хлеб", "хозяин", "холм", "хомяк",
    "цапля", "цветок", "цемент", "цирк", "цифра", "чайник", "часы", "человек", "четверг", "чудо",
    "шарф", "шахта", "шелк", "шкаф", "шляпа", "шоколад", "эскимо", "этаж", "юбка", "юла", "якорь",
    "ямщик", "янтарь", "яхта", "ящерица",
};
// clang-format on

}  // namespace vigil::trust
