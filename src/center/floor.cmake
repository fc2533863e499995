trunkline_embed(center TemplateFiles templates)
