//! How deep the shallowest value of a type is.

use std::collections::HashMap;

use eventc_compiler::Catalog;
use eventc_compiler::catalog::{Body, Type, TypeId, TypeRef};

/// The least height of each named type that holds others.
pub(super) struct Heights(HashMap<TypeId, usize>);

impl Heights {
    /// Heights come down until they stay: that of a type which holds itself is that of its way out.
    pub(super) fn of(catalog: &Catalog) -> Self {
        let mut heights = Heights(HashMap::new());
        let mut changed = true;
        while changed {
            changed = false;
            for id in Type::ids(catalog) {
                let height = heights.of_body(catalog, &catalog[id].body);
                if height < heights.get(id) {
                    heights.0.insert(id, height);
                    changed = true;
                }
            }
        }
        heights
    }

    /// The height of a type.
    pub(super) fn of_type(&self, catalog: &Catalog, ty: &TypeRef) -> usize {
        match ty {
            TypeRef::Named(id) => match &catalog[*id].body {
                // The entries of a newtype's list are counted with its rules.
                Body::Newtype(newtype) => match catalog.base(&newtype.of) {
                    TypeRef::List(item) | TypeRef::Map(_, item)
                        if catalog.rules_of(newtype).length.0 > Some(0) =>
                    {
                        self.of_type(catalog, item).saturating_add(1)
                    }
                    _ => 0,
                },
                _ => self.get(*id),
            },
            TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(..) => 0,
        }
    }

    fn of_body(&self, catalog: &Catalog, body: &Body) -> usize {
        let held = match body {
            Body::Newtype(_) | Body::Enum(_) => return 0,
            Body::Record(fields) => {
                let required = fields.iter().filter(|field| field.required);
                required.map(|field| self.of_type(catalog, &field.ty)).max()
            }
            Body::Union(union) => {
                let variants = union.variants.iter();
                variants
                    .map(|variant| self.of_type(catalog, &variant.ty))
                    .min()
            }
        };
        held.unwrap_or(0).saturating_add(1)
    }

    fn get(&self, id: TypeId) -> usize {
        self.0.get(&id).copied().unwrap_or(usize::MAX)
    }
}
