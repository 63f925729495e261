//! The sentence encoder against the vectors of the published package (see `tests/golden/encoder/README.md`).

use duizhao::encode::{DIM, Encoder, Sentences};
use duizhao::task::Ctl;

fn sentences() -> Vec<String> {
    serde_json::from_str(include_str!("golden/encoder/sentences.json")).expect("a list of strings")
}

fn reference() -> Vec<Vec<f32>> {
    let bytes = include_bytes!("golden/encoder/vectors.i16");
    let values: Vec<f32> = bytes.as_chunks::<2>().0.iter().map(|&two| f32::from(i16::from_le_bytes(two))).collect();
    values.chunks(DIM).map(<[f32]>::to_vec).collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn every_vector_is_that_of_the_published_package() {
    let (sentences, reference) = (sentences(), reference());
    assert!(sentences.len() >= 200 && sentences.len() == reference.len());
    let texts: Vec<&str> = sentences.iter().map(String::as_str).collect();
    let vectors = Encoder::shared().encode(&Ctl::quiet(), &texts).expect("nobody cancels");
    for ((text, vector), reference) in texts.iter().zip(vectors.chunks(DIM)).zip(&reference) {
        let found = cosine(vector, reference);
        assert!(found >= 0.9999, "{found} for {text:.60}");
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-5);
    }
}

#[test]
fn a_group_has_the_vector_of_its_sentences_joined() {
    let all = sentences();
    let running: Vec<&str> = all.iter().map(|text| text.trim()).filter(|text| text.len() > 4).collect();
    let encoder = Encoder::shared();
    let mut row = Sentences::joined(encoder, 0);
    row.extend(&Ctl::quiet(), &running[..60]).expect("nobody cancels");
    row.extend(&Ctl::quiet(), &running[60..]).expect("nobody cancels");
    for size in 1..=7 {
        let groups = row.vectors(0..running.len() - size + 1, size);
        let joined: Vec<String> = running.windows(size).map(|group| group.join(" ")).collect();
        let joined: Vec<&str> = joined.iter().map(String::as_str).collect();
        let whole = encoder.encode(&Ctl::quiet(), &joined).expect("nobody cancels");
        let cosines: Vec<f32> = groups.chunks(DIM).zip(whole.chunks(DIM)).map(|(a, b)| cosine(a, b)).collect();
        let least = cosines.iter().copied().fold(1.0, f32::min);
        let mean = cosines.iter().sum::<f32>() / cosines.len() as f32;
        assert!(
            mean >= 0.9999 && least >= if size <= 2 { 0.9999 } else { 0.994 },
            "{size}: mean {mean}, least {least}"
        );
    }
}

#[test]
fn sentences_can_be_dropped_and_a_long_text_is_read_in_parts() {
    let encoder = Encoder::shared();
    let long = "网络空间的行为准则 norms of behaviour ".repeat(400);
    let texts = ["第一句。", "The second sentence.", &long, "最后一句。"];
    let mut all = Sentences::joined(encoder, 0);
    all.extend(&Ctl::quiet(), &texts).expect("nobody cancels");
    let mut late = Sentences::joined(encoder, 0);
    for text in texts {
        late.extend(&Ctl::quiet(), &[text]).expect("nobody cancels");
    }
    late.drop_before(1);
    assert!(cosine(&all.group(1..4), &late.group(1..4)) > 0.999_999);
    let joined = texts[1..3].join(" ");
    let whole = encoder.encode(&Ctl::quiet(), &[&joined]).expect("nobody cancels");
    assert!(cosine(&all.group(1..3), &whole) > 0.9999);
}
