//! A few small pictures of the window, drawn without a graphics card: triangles filled point by point, so that the same
//! input gives the same picture on every machine. `UPDATE_SNAPSHOTS=1` draws them anew.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "points of a picture, its corners"
)]

use std::collections::HashMap;

use eframe::egui::epaint::{ImageDelta, Mesh, Primitive, Vertex};
use eframe::egui::{Color32, Context, FullOutput, ImageData, Pos2, Rect, TextureId, TexturesDelta};
use egui_kittest::{SnapshotOptions, TestRenderer};
use image::{Rgba, RgbaImage};

use super::*;

/// A texture: its width and its points.
type Texture = (usize, Vec<Color32>);

/// Fills triangles.
#[derive(Default)]
struct Filler {
    textures: HashMap<TextureId, Texture>,
}

impl TestRenderer for Filler {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let parts = delta.set.drain().flat_map(|(id, parts)| parts.into_iter().map(move |part| (id, part)));
        for (id, ImageDelta { image, pos, .. }) in parts.collect::<Vec<_>>() {
            let ImageData::Color(image) = image;
            let [width, height] = image.size;
            let Some([left, top]) = pos else {
                self.textures.insert(id, (width, image.pixels.clone()));
                continue;
            };
            let (whole, points) = self.textures.get_mut(&id).expect("a part of a texture that is there");
            for line in 0..height {
                let at = (top + line) * *whole + left;
                points[at..at + width].copy_from_slice(&image.pixels[line * width..(line + 1) * width]);
            }
        }
        let free: Vec<TextureId> = delta.free.drain().collect();
        self.textures.retain(|id, _| !free.contains(id));
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut picture = RgbaImage::from_pixel(size.x as u32, size.y as u32, Rgba([0, 0, 0, 255]));
        for primitive in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = primitive.primitive else { continue };
            let texture = self.textures.get(&mesh.texture_id).ok_or("a texture that was never given")?;
            fill(&mut picture, &mesh, texture, primitive.clip_rect * scale, scale);
        }
        Ok(picture)
    }
}

fn fill(picture: &mut RgbaImage, mesh: &Mesh, texture: &Texture, clip: Rect, scale: f32) {
    for corners in mesh.indices.chunks_exact(3) {
        let mut corners = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize]);
        for corner in &mut corners {
            corner.pos *= scale;
        }
        triangle(picture, corners, texture, clip);
    }
}

/// Twice the area of a triangle, with its sign.
fn area(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn triangle(picture: &mut RgbaImage, mut corners: [Vertex; 3], (width, points): &Texture, clip: Rect) {
    let mut whole = area(corners[0].pos, corners[1].pos, corners[2].pos);
    if whole < 0.0 {
        corners.swap(1, 2);
        whole = -whole;
    }
    if whole == 0.0 {
        return;
    }
    let [a, b, c] = corners.map(|corner| corner.pos);
    let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
    let all = Rect::from_min_size(Pos2::ZERO, [picture.width() as f32, picture.height() as f32].into());
    let bounds = bounds.intersect(all);
    if !bounds.is_positive() {
        return;
    }
    // A point on an edge belongs to one of the two triangles that share it: the one below or to the right.
    let inside = |from: Pos2, to: Pos2, share: f32| {
        let top_left = to.y < from.y || (to.y == from.y && to.x > from.x);
        share > 0.0 || (share == 0.0 && top_left)
    };
    for y in bounds.top().floor() as u32..(bounds.bottom().ceil() as u32).min(picture.height()) {
        for x in bounds.left().floor() as u32..(bounds.right().ceil() as u32).min(picture.width()) {
            let at = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
            let shares = [area(b, c, at), area(c, a, at), area(a, b, at)];
            let edges = [(b, c), (c, a), (a, b)];
            if !clip.contains(at) || !shares.iter().zip(edges).all(|(share, (from, to))| inside(from, to, *share)) {
                continue;
            }
            let weights = shares.map(|share| share / whole);
            let mix = |of: &dyn Fn(&Vertex) -> f32| -> f32 { (0..3).map(|n| weights[n] * of(&corners[n])).sum() };
            let height = points.len() / width;
            let place = |share: f32, size: usize| ((share * size as f32) as usize).min(size - 1);
            let texel = points[place(mix(&|v| v.uv.y), height) * width + place(mix(&|v| v.uv.x), *width)].to_array();
            let paint = [0, 1, 2, 3].map(|n| mix(&|v| f32::from(v.color.to_array()[n])) * f32::from(texel[n]) / 255.0);
            let point = picture.get_pixel_mut(x, y);
            for n in 0..3 {
                point.0[n] =
                    (paint[n] + f32::from(point.0[n]) * (1.0 - paint[3] / 255.0)).round().clamp(0.0, 255.0) as u8;
            }
        }
    }
}

/// A small window after some keys, compared with its picture.
fn looks(name: &str, keys: &[(Modifiers, Key)]) {
    let mut harness = Harness::builder()
        .with_size([620.0, 360.0])
        .with_max_steps(16)
        .renderer(Filler::default())
        .build_eframe(|cc| App::new(&cc.egui_ctx, Source::Bundled, Places::default()));
    until_idle(&mut harness);
    for (modifiers, key) in keys {
        press(&mut harness, *modifiers, *key);
    }
    // Font outlines are drawn by floating point: a point or two may differ from machine to machine.
    let options = SnapshotOptions::new()
        .threshold(1.0)
        .max_failed_pixels(10)
        .output_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/window/pictures"));
    harness.snapshot_options(name, &options);
}

#[test]
fn the_statement_with_its_glossary() {
    looks("statement", &[(Modifiers::COMMAND, Key::D), (Modifiers::COMMAND, Key::D)]);
}

#[test]
fn rows_corrected_in_high_contrast_and_chinese() {
    let ctrl_shift = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    let keys = [
        (ctrl_shift, Key::L),
        (ctrl_shift, Key::D),
        (Modifiers::COMMAND, Key::R),
        (Modifiers::NONE, Key::N),
        (Modifiers::NONE, Key::B),
        (Modifiers::NONE, Key::F),
        (Modifiers::NONE, Key::ArrowRight),
    ];
    looks("contrast", &keys);
}
