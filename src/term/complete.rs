//! Links that the model of links missed, from what it does not look at: a name's sound, an English compound's end, and
//! that two words are left over at the same place.

use std::collections::HashMap;

use super::links::Matrix;
use super::{Cut, Token};
use crate::gloss::{Accepted, Glosses, Translator};
use crate::lexicon::Lexicon;
use crate::token::WordKind;

/// A word with less mass than this is free.
const FREE: f32 = 0.5;
/// A word with this mass is taken, whatever it sounds like.
const TAKEN: f32 = 0.9;
/// What is added for a name that sounds alike, for a compound, and for two words left over at one place.
const SOUND: f32 = 0.8;
const COMPOUND: f32 = 0.6;
const LEFT: f32 = 0.4;
/// How alike names must sound.
const ALIKE: f32 = 0.65;
/// How far two words left over may stand from where their neighbours say they should.
const NEAR: f32 = 2.5;
/// Most Chinese characters of a name between dots.
const MOST_NAME: usize = 8;

/// Completes matrices; remembers what it looked up.
pub(super) struct Completer {
    translator: Translator<'static>,
    glosses: HashMap<String, Glosses>,
    sounds: HashMap<char, String>,
}

impl Completer {
    pub(super) fn new() -> Self {
        Self {
            translator: Translator::new(Lexicon::embedded(), &Accepted::default()),
            glosses: HashMap::new(),
            sounds: HashMap::new(),
        }
    }

    /// The posteriors of a unit row by row, with what was missed.
    pub(super) fn complete(&mut self, cut: &Cut<'_>, matrix: &Matrix<'_>) -> Vec<f32> {
        let (rows, columns) = (cut.chinese.len(), cut.english.len());
        let mut grid = Grid {
            values: (0..rows).flat_map(|z| (0..columns).map(move |e| matrix.at(z, e))).collect(),
            columns,
            rows: vec![0.0; rows],
            cols: vec![0.0; columns],
        };
        for z in 0..rows {
            for e in 0..columns {
                grid.rows[z] += matrix.at(z, e);
                grid.cols[e] += matrix.at(z, e);
            }
        }
        self.names(cut, &mut grid);
        self.compounds(cut, &mut grid);
        left_over(cut, &mut grid);
        grid.values
    }

    fn names(&mut self, cut: &Cut<'_>, grid: &mut Grid) {
        for e in 0..cut.english.len() {
            let token = &cut.english[e];
            if !token.capital || token.function || token.word.kind != WordKind::Letters || grid.cols[e] >= TAKEN {
                continue;
            }
            let latin = latin_sound(&token.form);
            if latin.len() < 2 {
                continue;
            }
            let mut best: Option<(f32, usize, usize)> = None;
            for from in 0..cut.chinese.len() {
                let mut sound = String::new();
                let mut count = 0;
                for to in from + 1..=cut.chinese.len() {
                    let word = &cut.chinese[to - 1];
                    count += word.key.chars().count();
                    if word.word.kind != WordKind::Han || grid.rows[to - 1] >= TAKEN || count > MOST_NAME {
                        break;
                    }
                    for c in word.key.chars() {
                        sound.push_str(self.sound(c));
                    }
                    let alike = alike(&sound, &latin);
                    if count >= 2 && alike >= ALIKE && best.is_none_or(|(before, _, _)| alike > before) {
                        best = Some((alike, from, to));
                    }
                }
            }
            if let Some((_, from, to)) = best {
                for z in from..to {
                    grid.add(z, e, SOUND / (to - from) as f32);
                }
            }
        }
    }

    fn sound(&mut self, c: char) -> &str {
        self.sounds.entry(c).or_insert_with(|| {
            Lexicon::embedded().syllables(c).first().map_or_else(String::new, |syllable| chinese_sound(syllable))
        })
    }

    /// `cyberattack` for 攻击, `nonproliferation` for 扩散: the English key ends in a gloss.
    fn compounds(&mut self, cut: &Cut<'_>, grid: &mut Grid) {
        for z in 0..cut.chinese.len() {
            let token = &cut.chinese[z];
            if token.function || token.word.kind != WordKind::Han || grid.rows[z] >= FREE {
                continue;
            }
            if !self.glosses.contains_key(&token.key) {
                let found = self.translator.glosses(&token.key);
                self.glosses.insert(token.key.clone(), found);
            }
            let glosses = &self.glosses[&token.key];
            for e in 0..cut.english.len() {
                let key = &cut.english[e].key;
                let compound = key.len() >= 7
                    && grid.cols[e] < 1.0
                    && (4..key.len() - 2)
                        .any(|size| key.get(key.len() - size..).is_some_and(|end| glosses.contains_key(end)));
                if compound {
                    grid.add(z, e, COMPOUND);
                }
            }
        }
    }
}

/// A matrix in the making with its sums.
struct Grid {
    values: Vec<f32>,
    columns: usize,
    rows: Vec<f32>,
    cols: Vec<f32>,
}

impl Grid {
    fn at(&self, z: usize, e: usize) -> f32 {
        self.values[z * self.columns + e]
    }

    /// Adds mass; what the two words had elsewhere shrinks so that they have no more than one each.
    fn add(&mut self, z: usize, e: usize, mass: f32) {
        let keep = (1.0 - mass).max(0.0);
        for other in 0..self.columns {
            self.values[z * self.columns + other] *= keep;
        }
        self.values[z * self.columns + e] += mass;
        self.rows[z] = self.rows[z] * keep + mass;
        self.cols[e] += mass;
    }
}

/// Free content words that stand where the links around them say they should find each other.
fn left_over(cut: &Cut<'_>, grid: &mut Grid) {
    let free = |token: &Token, mass: f32| !token.function && token.word.kind != WordKind::Mark && mass < FREE * 0.7;
    // For each Chinese word the English one that it is linked to, if any.
    let linked: Vec<Option<usize>> = (0..cut.chinese.len())
        .map(|z| {
            let best = (0..grid.columns).max_by(|&a, &b| grid.at(z, a).total_cmp(&grid.at(z, b)).then(b.cmp(&a)))?;
            (grid.at(z, best) >= FREE && !cut.chinese[z].function).then_some(best)
        })
        .collect();
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for z in (0..cut.chinese.len()).filter(|&z| free(&cut.chinese[z], grid.rows[z])) {
        let before = linked[..z].iter().rev().flatten().next().map(|&e| e as f32 + 1.0);
        let after = linked[z + 1..].iter().flatten().next().map(|&e| e as f32 - 1.0);
        for e in (0..grid.columns).filter(|&e| free(&cut.english[e], grid.cols[e])) {
            let from = |place: Option<f32>| place.map_or(f32::MAX, |place| (place - e as f32).abs());
            let distance = from(before).min(from(after));
            if distance <= NEAR {
                pairs.push((distance, z, e));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (distance, z, e) in pairs {
        if grid.rows[z] < FREE * 0.7 && grid.cols[e] < FREE * 0.7 {
            grid.add(z, e, LEFT - 0.05 * distance);
        }
    }
}

/// The consonants of a syllable by classes that languages keep apart: 汀 `ting` is `TN`.
fn chinese_sound(syllable: &str) -> String {
    let mut out = String::new();
    out.extend(match syllable.as_bytes().first() {
        Some(b'b' | b'p') => Some('P'),
        Some(b'd' | b't') => Some('T'),
        Some(b'g' | b'k' | b'j') => Some('K'),
        Some(b'f') => Some('F'),
        Some(b'h') => Some('H'),
        Some(b's' | b'z' | b'c' | b'x' | b'q') => Some('S'),
        Some(b'l' | b'r') => Some('L'),
        Some(b'm') => Some('M'),
        Some(b'n') => Some('N'),
        Some(b'w') => Some('W'),
        _ => None,
    });
    if syllable.len() > 1 && (syllable.ends_with('n') || syllable.ends_with("ng")) {
        out.push('N');
    }
    out
}

/// The consonants of a Latin name by the same classes.
fn latin_sound(folded: &str) -> String {
    let letters: Vec<char> = folded.chars().collect();
    let mut out = String::new();
    for (at, c) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let class = match c {
            'b' | 'p' if next != 'h' => 'P',
            'p' | 'f' | 'v' => 'F',
            't' if next == 'h' => 'S',
            'd' | 't' => 'T',
            'c' if matches!(next, 'e' | 'i' | 'y' | 'h') => 'S',
            'g' | 'k' | 'c' | 'q' | 'j' => 'K',
            's' | 'z' | 'x' => 'S',
            'l' | 'r' => 'L',
            'm' => 'M',
            'n' => 'N',
            'w' => 'W',
            'h' if at == 0 => 'H',
            _ => continue,
        };
        if !out.ends_with(class) {
            out.push(class);
        }
    }
    out
}

/// How alike two rows of consonants are: twice the longest common subsequence over both lengths. Chinese leaves out
/// an r or l before another consonant, so that half counts.
fn alike(chinese: &str, latin: &str) -> f32 {
    let (a, b) = (chinese.as_bytes(), latin.as_bytes());
    let mut row = vec![0_u32; b.len() + 1];
    for x in a {
        let mut corner = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { corner + 1 } else { above.max(row[at]) };
            corner = above;
        }
    }
    let common = row[b.len()];
    if common < 2 { 0.0 } else { 2.0 * common as f32 / (a.len() + b.len()) as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound_alike_across_scripts() {
        let mut completer = Completer::new();
        let mut heard = |chinese: &str, latin: &str| {
            let sound: String = chinese.chars().map(|c| completer.sound(c).to_owned()).collect();
            alike(&sound, &latin_sound(latin))
        };
        for (chinese, latin) in [("刘易斯", "lewis"), ("奥斯汀", "austin"), ("劉易斯", "lewis"), ("达拉斯", "dallas")]
        {
            assert!(heard(chinese, latin) >= ALIKE, "{chinese} {latin}");
        }
        for (chinese, latin) in [("网络安全", "lewis"), ("合作", "dallas"), ("主权", "london")] {
            assert!(heard(chinese, latin) < ALIKE, "{chinese} {latin}");
        }
    }
}
