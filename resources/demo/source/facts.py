# SPDX-FileCopyrightText: 2026 The Training Lens developers
# SPDX-License-Identifier: MIT
"""What the demo model knows: plain facts, as (question, short answer, full sentence) by topic.

Everything is generated from the lists below; the order is fixed, so the files are the same on every machine.
"""

OPPOSITES = """hot cold, big small, up down, left right, open closed, early late, wet dry, fast slow, high low, light dark,
full empty, old new, hard soft, loud quiet, near far, rich poor, strong weak, thick thin, wide narrow, long short,
day night, summer winter, north south, east west, first last, true false, begin end, win lose, push pull, buy sell,
give take, inside outside, above below, before after, always never, happy sad, clean dirty, asleep awake,
deep shallow, sharp blunt, smooth rough, simple complex, brave timid, cheap dear, correct wrong,
front back, friend enemy, hello goodbye, laugh cry, love hate, more less, question answer, same different, start stop, sunrise sunset, sweet sour, top bottom, yes no""".replace("\n", " ")

COLOURS = """lemon yellow, banana yellow, canary yellow, sunflower yellow, buttercup yellow, egg yolk yellow, straw hat yellow,
cherry red, tomato red, strawberry red, ruby red, poppy red, brick red, ladybird red, fire-engine red, radish red,
clear sky blue, sapphire blue, cornflower blue, blueberry blue, forget-me-not blue,
leaf green, frog green, cucumber green, lime green, emerald green, pea green, fern green, blade of grass green, avocado green,
carrot orange, pumpkin orange, mandarin orange, apricot orange, flamingo pink, rose quartz pink, piglet pink,
plum purple, aubergine purple, lavender flower purple, amethyst purple, violet purple,
snowflake white, cloud white, swan white, polar bear white, sheet of paper white, daisy petal white, grain of salt white, glass of milk white,
lump of coal black, raven black, stick of liquorice black, night sky black, tyre black, panther black,
chestnut brown, walnut brown, coffee bean brown, teddy bear brown, tree trunk brown, cup of cocoa brown,
elephant grey, pebble grey, rain cloud grey, dolphin grey, pewter grey, slate grey""".replace("\n", " ")

PLURALS = """mouse mice, goose geese, child children, tooth teeth, foot feet, man men, woman women, ox oxen, leaf leaves,
knife knives, wolf wolves, shelf shelves, loaf loaves, city cities, berry berries, story stories, baby babies, lady ladies,
box boxes, bus buses, dish dishes, church churches, potato potatoes, hero heroes, cat cats, dog dogs, tree trees, house houses,
river rivers, lamp lamps, chair chairs, spoon spoons, garden gardens, window windows, bridge bridges, engine engines,
letter letters, number numbers, colour colours, question questions, answer answers, teacher teachers, boat boats, cloud clouds""".replace("\n", " ")

CAPITALS = """France Paris, Germany Berlin, Italy Rome, Spain Madrid, Portugal Lisbon, Austria Vienna, Greece Athens, Norway Oslo,
Sweden Stockholm, Finland Helsinki, Denmark Copenhagen, Poland Warsaw, Hungary Budapest, Ireland Dublin, Iceland Reykjavik,
Belgium Brussels, Japan Tokyo, China Beijing, Egypt Cairo, Kenya Nairobi, Peru Lima, Chile Santiago, Cuba Havana, Canada Ottawa,
Russia Moscow, Turkey Ankara, Thailand Bangkok, Nepal Kathmandu, Ghana Accra, Morocco Rabat, Estonia Tallinn, Latvia Riga,
Croatia Zagreb, Serbia Belgrade, Bulgaria Sofia, Romania Bucharest, Iran Tehran, Iraq Baghdad, Senegal Dakar, Ecuador Quito""".replace("\n", " ")

YOUNG = """cat kitten, dog puppy, cow calf, horse foal, sheep lamb, goat kid, pig piglet, hen chick, duck duckling, goose gosling,
bear cub, deer fawn, frog tadpole, swan cygnet, kangaroo joey, owl owlet, hare leveret, eel elver, lion cub, seal pup""".replace("\n", " ")

HOMES = """bee hive, bird nest, spider web, horse stable, dog kennel, fox den, rabbit burrow, ant anthill, lion den, cow barn,
pig sty, hen coop, beaver lodge, snail shell, mole tunnel, otter holt, badger sett, wasp nest, bear cave, pigeon loft""".replace("\n", " ")

SIZES = """ant bee mouse frog sparrow rabbit cat fox sheep pig wolf donkey lion horse bison giraffe elephant whale""".split()

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
LETTERS = "a b c d e f g h i j k l m n o p q r s t u v w x y z".split()
LARGEST_SUMMAND = 12


def pairs(text):
    """'clear sky blue, lemon yellow' -> [('clear sky', 'blue'), ('lemon', 'yellow')]"""
    return [tuple(entry.strip().rsplit(" ", 1)) for entry in text.split(",")]


def article(noun):
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def opposites():
    for one, other in pairs(OPPOSITES):
        for a, b in ((one, other), (other, one)):
            yield f"What is the opposite of {a}?", b, f"the opposite of {a} is {b}"


def colours():
    for thing, colour in pairs(COLOURS):
        yield f"What colour is {article(thing)}?", colour, f"{article(thing)} is {colour}"


def plurals():
    for one, many in pairs(PLURALS):
        yield f"What is the plural of {one}?", many, f"one {one}, two {many}"


def capitals():
    for country, city in pairs(CAPITALS):
        yield f"What is the capital of {country}?", city, f"the capital of {country} is {city}"


def young_animals():
    for animal, young in pairs(YOUNG):
        yield f"What is a young {animal} called?", young, f"a young {animal} is called {article(young)}"


def homes():
    for animal, home in pairs(HOMES):
        yield f"Where does {article(animal)} live?", home, f"{article(animal)} lives in {article(home)}"


def sizes():
    for i, small in enumerate(SIZES):
        for large in SIZES[i + 1:]:
            for a, b in ((small, large), (large, small)):
                yield (f"Which is bigger, {article(a)} or {article(b)}?", large,
                       f"{article(large)} is bigger than {article(small)}")


def neighbours(kind, names, circular):
    for i, name in enumerate(names):
        for word, step in (("after", 1), ("before", -1)):
            if circular or 0 <= i + step < len(names):
                other = names[(i + step) % len(names)]
                yield f"Which {kind} comes {word} {name}?", other, f"{other} comes {word} {name}"


def sums():
    for a in range(LARGEST_SUMMAND + 1):
        for b in range(LARGEST_SUMMAND + 1):
            yield f"What is {a} plus {b}?", str(a + b), f"{a} plus {b} makes {a + b}"


def topics():
    """Topic name -> list of (question, short answer, full sentence)."""
    return {
        "opposites": list(opposites()),
        "colours": list(colours()),
        "plurals": list(plurals()),
        "capitals": list(capitals()),
        "young": list(young_animals()),
        "homes": list(homes()),
        "sizes": list(sizes()),
        "days": list(neighbours("day", DAYS, True)),
        "months": list(neighbours("month", MONTHS, True)),
        "letters": list(neighbours("letter", LETTERS, False)),
        "numbers": list(neighbours("number", [str(n) for n in range(60)], False)),
        "sums": list(sums()),
    }
